import type { Label } from '@/app/labels'
import type { GroupActivityState, GroupState } from '@/gql/graphql'

export const ACTIVITY_STATES: Record<GroupActivityState, Label> = {
  DRAFT: { text: '草稿', tone: 'info' },
  RUNNING: { text: '已发布', tone: 'success' },
  STOPPED: { text: '已停止', tone: 'warning' },
}

export const GROUP_STATES: Record<GroupState, Label> = {
  FORMING: { text: '待成团', tone: 'warning' },
  SUCCESS: { text: '已成团', tone: 'success' },
  FAILED: { text: '未成团', tone: 'info' },
  MERGED: { text: '已合并', tone: 'primary' },
}
