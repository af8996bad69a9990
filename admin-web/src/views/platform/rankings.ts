import type { PlatformSearchRankingsQuery } from '@/gql/graphql'

export type Rankings = PlatformSearchRankingsQuery['platformSearchRankings']
export type Experiment = Rankings['experiments'][number]
export type Weights = Omit<Rankings['current'], '__typename'>
type Difference = NonNullable<Experiment['clickThrough']>

export const WEIGHTS: { key: keyof Weights; name: string; note: string }[] = [
  { key: 'text', name: '原词', note: '按输入的词匹配' },
  { key: 'characters', name: '单字', note: '词的一部分' },
  { key: 'pinyin', name: '拼音', note: '同音字、全拼' },
  { key: 'letters', name: '字母', note: '英文、容错' },
  { key: 'initials', name: '首字母', note: 'ztpg' },
  { key: 'category', name: '同类目', note: '词所指类目的商品排前多少' },
]

export function percent(share: number | null): string {
  return share === null ? '—' : `${(share * 100).toFixed(1)}%`
}

function points(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value * 100).toFixed(1)}`
}

/** What can be said of one figure, and how sure. `over`: the experiment has ended, so nobody looks too early. */
export function verdictOf(found: Difference | null, figure: string, over: boolean): string {
  if (!found) return `${figure}：样本太少（每组至少 200 次搜索），尚不能分辨`
  const range = `挑战者与现行相差 ${points(found.low)} 到 ${points(found.high)} 个百分点（${over ? 95 : 99}% 置信区间）`
  const said = { BETTER: '挑战者更好', WORSE: '挑战者更差', UNCLEAR: '尚不能分辨' }[found.verdict]
  return `${figure}：${said}。${range}`
}

/** The share of searches that were followed, by day and ranking, per cent; null on a day without a search. */
export function lines({ days }: Pick<Experiment, 'days'>): { days: string[]; A: (number | null)[]; B: (number | null)[] } {
  const all = [...new Set(days.map(({ day }) => day))].sort()
  const of = (arm: 'A' | 'B') =>
    all.map((day) => {
      const found = days.find((entry) => entry.day === day && entry.arm === arm)
      return found?.searches ? Math.round((found.followed / found.searches) * 1000) / 10 : null
    })
  return { days: all, A: of('A'), B: of('B') }
}

/** What the challenger weighs otherwise, for a line of text. */
export function changes(current: Weights, challenger: Weights): string {
  const other = WEIGHTS.filter(({ key }) => current[key] !== challenger[key])
  return other.map(({ key, name }) => `${name} ${current[key]} → ${challenger[key]}`).join('，') || '与现行排序相同'
}
