/** Between two ways to the same end. */
export const Or = () => (
  <div className="or">
    <span>or</span>
  </div>
)
