import { ElTableColumn } from 'element-plus'
import type { VNode } from 'vue'

interface ColumnProps {
  type?: 'default' | 'selection' | 'index' | 'expand'
  label?: string
  prop?: string
  width?: string | number
  minWidth?: string | number
  align?: 'left' | 'center' | 'right'
  fixed?: boolean | 'left' | 'right'
  showOverflowTooltip?: boolean
}

/** `never` lets each column state the type of its row; the library offers only a record of anything. */
type ColumnSlots = { default?: (scope: { row: never; $index: number }) => VNode[] }

/** The library's column under stricter types. */
export const TableColumn = ElTableColumn as unknown as new () => { $props: ColumnProps; $slots: ColumnSlots }
