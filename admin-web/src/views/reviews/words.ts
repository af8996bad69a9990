import type { ContentCheckSubject, ContentDesk, ContentSubject, PostHiding, PostState, PostWordsState, ReportReason, ReviewDesk, ReviewHiding, ReviewPart, ReviewState, ReviewWordsState } from '@/gql/graphql'

export const REVIEW_DESKS: { desk: ReviewDesk; name: string }[] = [
  { desk: 'ALL', name: '全部' },
  { desk: 'LOW', name: '低分待回复' },
  { desk: 'UNANSWERED', name: '未回复' },
  { desk: 'WITH_PICTURES', name: '有图' },
  { desk: 'FOLLOWED_UP', name: '追评' },
]

export const CONTENT_DESKS: { desk: ContentDesk; name: string }[] = [
  { desk: 'TO_READ', name: '待人工' },
  { desk: 'WAITING', name: '等待微信' },
  { desk: 'REFUSED', name: '已拒绝' },
]

export const REVIEW_STATES: Record<ReviewState, string> = {
  PENDING: '审核中',
  PUBLISHED: '已公开',
  REJECTED: '未通过',
  HIDDEN: '已隐藏',
  WITHDRAWN: '作者已撤回',
}

export const HIDINGS: Record<ReviewHiding, string> = {
  ILLEGAL: '含有违法信息',
  PRIVACY: '泄露他人隐私',
  ABUSE: '侮辱、诽谤他人',
  ADVERTISING: '与商品无关的广告',
  COURT_ORDER: '依据法院或主管部门的要求',
  FABRICATED: '虚构交易（评分一并剔除）',
}

export const REPORTS: Record<ReportReason, string> = {
  ILLEGAL: '违法违规',
  FALSE: '内容不实',
  ABUSE: '辱骂攻击',
  PRIVACY: '泄露隐私',
  ADVERTISING: '广告',
  INFRINGEMENT: '侵权',
  OTHER: '其他',
}

export const PARTS: Record<ReviewPart, string> = { FIRST: '评价', FOLLOW_UP: '追评', REPLY: '商家回复' }

export const WORDS_STATES: Record<ReviewWordsState, string> = {
  PENDING: '审核中',
  PUBLISHED: '已公开',
  REJECTED: '未通过',
  HIDDEN: '已隐藏',
  WITHDRAWN: '已撤回',
  REPLACED: '旧版本',
}

export const CHECK_SUBJECTS: Record<ContentCheckSubject, string> = { REVIEW_WORDS: '评价', POST: '故事', COMMENT: '评论' }
export const SUBJECTS: Record<ContentSubject, string> = { REVIEW: '评价', POST: '故事', COMMENT: '评论' }

/** Drafts are their authors' own. */
export const POST_STATES: Record<Exclude<PostState, 'DRAFT'>, string> = {
  PENDING: '审核中',
  PUBLISHED: '已公开',
  REJECTED: '未通过',
  HIDDEN: '已隐藏',
  REMOVED: '作者已删除',
}

export const POST_WORDS_STATES: Record<PostWordsState, string> = {
  DRAFT: '草稿',
  PENDING: '审核中',
  PUBLISHED: '已公开',
  REJECTED: '未通过',
  REPLACED: '旧版本',
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
