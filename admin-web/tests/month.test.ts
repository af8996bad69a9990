import { describe, expect, it } from 'vitest'
import { barOf, dayIn, monthOf } from '@/views/planning/month'

const november = monthOf(new Date('2026-11-22T10:00:00Z'))

describe('the month of a calendar', () => {
  it("is Zhaotong's, not the browser's", () => {
    expect(monthOf(new Date('2026-10-31T16:00:00Z')).name).toBe('2026-11')
    expect(monthOf(new Date('2026-10-31T15:59:59Z')).name).toBe('2026-10')
  })

  it('goes over the turn of the year, and knows leap years', () => {
    expect(monthOf(new Date('2026-12-15T00:00:00Z'), 1)).toEqual({ name: '2027-01', first: '2027-01-01', last: '2027-01-31', days: 31 })
    expect(monthOf(new Date('2027-01-15T00:00:00Z'), -1).last).toBe('2026-12-31')
    expect(monthOf(new Date('2028-01-31T00:00:00Z'), 1).days).toBe(29)
  })

  it('counts days from its first midnight', () => {
    expect(dayIn(november, '2026-10-31T16:00:00Z')).toBe(1)
    expect(dayIn(november, '2026-10-31T15:59:59Z')).toBe(0)
  })
})

describe('a bar', () => {
  it('covers its days, and not the day at whose midnight it ends', () => {
    expect(barOf(november, '2026-11-04T16:00:00Z', '2026-11-06T16:00:00Z')).toEqual({ from: 5, to: 6, before: false, after: false })
  })

  it('says that it goes on beyond the month', () => {
    expect(barOf(november, '2026-10-01T00:00:00Z', '2026-12-01T00:00:00Z')).toEqual({ from: 1, to: 30, before: true, after: true })
  })

  it('has one day at least', () => {
    expect(barOf(november, '2026-11-10T02:00:00Z', '2026-11-10T03:00:00Z')).toMatchObject({ from: 10, to: 10 })
  })
})
