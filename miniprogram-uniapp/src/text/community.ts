import type { PostCommentState, PostHiding, PostState, PostWordsState } from '@/gql/graphql'

export const POST_STATES: Record<PostState, string> = {
  DRAFT: '草稿，仅自己可见',
  PENDING: '审核中，仅自己可见',
  PUBLISHED: '已公开',
  REJECTED: '未通过，可修改后再提交',
  HIDDEN: '已被平台隐藏',
  REMOVED: '已删除',
}

export const POST_HIDINGS: Record<PostHiding, string> = {
  ILLEGAL: '含有违法信息',
  PRIVACY: '泄露他人隐私',
  ABUSE: '侮辱、诽谤他人',
  ADVERTISING: '变相广告或引流',
  FALSE: '内容不实',
  INFRINGEMENT: '侵犯他人权益',
  COURT_ORDER: '依据法院或主管部门的要求',
}

export const COMMENT_STATES: Record<PostCommentState, string> = {
  PENDING: '审核中，仅自己可见',
  PUBLISHED: '',
  REJECTED: '未通过审核',
  HIDDEN: '已被平台隐藏',
  REMOVED: '已删除',
}

interface Version {
  state: PostWordsState
}

/** What stands now: the newest version, and beside it what is shown until that has passed. */
export function newest<V extends Version>(written: V[]): V | undefined {
  return written[written.length - 1]
}

/** Whether a change of a story that is shown waits for its check, or was refused. */
export function changeNote(state: PostState, written: (Version & { refusal: string })[]): string {
  const last = newest(written)
  if (state !== 'PUBLISHED' || !last) return ''
  if (last.state === 'PENDING') return '修改正在审核，通过前仍展示原文'
  return last.state === 'REJECTED' ? `修改未通过：${last.refusal}；仍展示原文` : ''
}
