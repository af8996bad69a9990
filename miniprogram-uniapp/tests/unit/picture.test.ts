import { describe, expect, test } from 'vitest'
import { crop } from '../../src/page/picture'

const wide = { width: 1600, height: 800, focusX: 500, focusY: 500 }

describe('crop', () => {
  test('the middle is left to the platform', () => {
    expect(crop(wide, 1)).toBe('')
    expect(crop(null, 1)).toBe('')
  })

  test('a wide picture moves sideways only, and never leaves a gap', () => {
    expect(crop({ ...wide, focusX: 0 }, 1)).toBe('position:absolute;left:0.00%;top:0.00%;width:200.00%;height:100.00%')
    expect(crop({ ...wide, focusX: 1000 }, 1)).toContain('left:-100.00%')
    expect(crop({ ...wide, focusX: 250 }, 1)).toContain('left:-25.00%')
  })

  test('a tall picture moves up and down', () => {
    const tall = { width: 800, height: 1600, focusX: 500, focusY: 1000 }
    expect(crop(tall, 1)).toBe('position:absolute;left:0.00%;top:-100.00%;width:100.00%;height:200.00%')
  })

  test('a frame of another shape', () => {
    expect(crop({ ...wide, focusX: 0 }, 2)).toContain('width:100.00%;height:100.00%')
  })
})
