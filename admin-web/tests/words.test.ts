import { expect, test } from 'vitest'
import { lawWords } from '@/views/listings/words'
import { detailWords, jobWord, subjectWord } from '@/views/platform/words'

test('an audit entry reads as a sentence, and what is unknown stays as it is', () => {
  expect(detailWords('{"title": "昭通苹果", "changed": ["title", "skus"], "restock": true}')).toBe('名称：昭通苹果；改动：title、skus；退回库存：是')
  expect(detailWords('{"from": "ON_SALE", "to": "FROZEN", "note": ""}')).toBe('原状态：在售；新状态：已冻结')
  expect(detailWords('{}')).toBe('')
  expect(detailWords('plain')).toBe('plain')
  expect(detailWords('[1]')).toBe('[1]')
  expect(subjectWord('product:01a202ba-97cc-71e8-b13b-1234567890ab')).toBe('商品 …567890ab')
  expect(subjectWord('search:products')).toBe('搜索 products')
  expect(subjectWord('planet:9')).toBe('planet:9')
  expect(jobWord('never.heard')).toBe('never.heard')
})

test('a law is written out, and what is noted otherwise stays as it is', () => {
  expect(lawWords('广告法 9(3)')).toBe('《广告法》第 9 条第 3 项')
  expect(lawWords('食品安全法 73')).toBe('《食品安全法》第 73 条')
  expect(lawWords('野生动物保护法')).toBe('野生动物保护法')
})
