import { bytes, fullTime, when } from '../lib/format.ts'

export const Bytes = ({ of }: { of: number }) => <span className="nowrap">{bytes(of)}</span>

/** 10:42, Yesterday, 19 Nov; the exact moment stands in the hint. */
export const When = ({ at }: { at: string }) => (
  <time className="nowrap" dateTime={at} title={fullTime(at)}>
    {when(at)}
  </time>
)
