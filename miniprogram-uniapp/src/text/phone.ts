/** 13800000001 → 138****0001, so that nobody reads a number over a shoulder. */
export function maskPhone(phone: string): string {
  return phone.replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2')
}

/** A mobile number of mainland China. */
export function isMobile(phone: string): boolean {
  return /^1[3-9]\d{9}$/.test(phone)
}
