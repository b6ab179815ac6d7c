/** A key lying down: a passkey. */
export const KeyMark = () => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.35"
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="M5 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm3-3h6.5M12 8v2.5" />
  </svg>
)
