/** Each of these takes the digits of a number as a string of 0 to 9, and says whether its check digits are right. */
export type Check = (digits: string) => boolean

const digitAt = (digits: string, at: number): number => digits.charCodeAt(at) - 48

/** ISO/IEC 7812-1, annex B: every second digit from the right is doubled. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digitAt(digits, digits.length - 1 - at)
    sum += at % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9
  }
  return sum % 10 === 0
}

/** The sum of the digits, each times its weight; what has no weight does not count. */
export function weighed(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at += 1) sum += weights[at]! * digitAt(digits, at)
  return sum
}

/** What is left of a number of any length after division. */
export function remainder(digits: string, divisor: number): number {
  let left = 0
  for (let at = 0; at < digits.length; at += 1) left = (left * 10 + digitAt(digits, at)) % divisor
  return left
}

/** ISO 7064, MOD 11,10. */
export function mod11by10(digits: string): boolean {
  let product = 10
  for (let at = 0; at < digits.length - 1; at += 1) {
    const sum = (product + digitAt(digits, at)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1)
}

/** EAN-13, GS1 General Specifications 7.9. */
export const ean13: Check = (digits) => weighed(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0

/** Verhoeff 1969, over the dihedral group of ten; it finds every single wrong digit and every swap of neighbours. */
export function verhoeff(digits: string): boolean {
  let check = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digitAt(digits, digits.length - 1 - at)
    check = dihedral(check, turned(digit, at % 8))
  }
  return check === 0
}

/** Turns 0 to 4 and mirrorings 5 to 9 of a pentagon, one after the other. */
function dihedral(one: number, other: number): number {
  if (one < 5) return other < 5 ? (one + other) % 5 : 5 + ((one + other - 5) % 5)
  return other < 5 ? 5 + ((one - other + 5) % 5) : (one - other + 5) % 5
}

const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
function turned(digit: number, times: number): number {
  let now = digit
  for (let time = 0; time < times; time += 1) now = TURN[now]!
  return now
}

/** Whether a calendar has such a day; `year` with its century. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= (month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

/** Two digits of a string as a number. */
export const pairAt = (digits: string, at: number): number => Number(digits.slice(at, at + 2))

/** Whether there is such a day in any century, of a year in two digits. */
export const isDayOfAnyCentury = (year: number, month: number, day: number): boolean =>
  isDay(1900 + year, month, day) || isDay(2000 + year, month, day)
