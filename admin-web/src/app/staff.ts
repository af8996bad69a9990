import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Failure } from '@/api/failure'
import type { StaffFieldsFragment } from '@/gql/graphql'

/** Who is logged in; the menu and the routes read it, the server decides. */
export const useStaff = defineStore('staff', () => {
  const staff = ref<StaffFieldsFragment | null>(null)
  /** Why nobody could be found out, when the server cannot be asked. */
  const fault = ref<Failure | null>(null)
  const merchantName = computed(() => staff.value?.merchant?.name ?? '')
  const may = (permission: string | undefined): boolean =>
    permission === undefined || (staff.value?.permissions.includes(permission) ?? false)
  const become = (next: StaffFieldsFragment | null): void => {
    staff.value = next
    fault.value = null
  }
  return { staff, fault, merchantName, may, become }
})
