import { ElMessage, ElMessageBox } from 'element-plus'
import { ref, type Ref } from 'vue'
import { ApiFailure, type Failure, type Problem } from '@/api/failure'

/** Asks before something that cannot simply be undone; false when the user steps back. */
export async function confirmed(title: string, text: string, button = '确定'): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, { type: 'warning', confirmButtonText: button, cancelButtonText: '取消' })
    return true
  } catch {
    return false
  }
}

/** Asks for a reason of 2 to 200 characters; null when the user steps back. */
export async function askReason(title: string, text: string): Promise<string | null> {
  try {
    const { value } = await ElMessageBox.prompt(text, title, {
      type: 'warning',
      confirmButtonText: '确定',
      cancelButtonText: '取消',
      inputType: 'textarea',
      inputValidator: (typed) => (typed?.trim().length ?? 0) >= 2 || '请填写原因（至少两个字）',
    })
    return value.trim().slice(0, 200)
  } catch {
    return null
  }
}

/** Asks for a short line of `least` characters at least; null when the user steps back. */
export async function askLine(title: string, text: string, least: number, most: number): Promise<string | null> {
  try {
    const { value } = await ElMessageBox.prompt(text, title, {
      confirmButtonText: '确定',
      cancelButtonText: '取消',
      inputValidator: (typed) => (typed?.trim().length ?? 0) >= least || `请至少填写 ${least} 个字符`,
    })
    return value.trim().slice(0, most)
  } catch {
    return null
  }
}

export function tellProblem(problem: Problem): void {
  ElMessage.error(problem.message)
}

/** A page of another release than the server cannot go on: the user is asked when to load it anew. */
export function tellFailure(failure: Failure): void {
  if (failure.kind === 'outdated') void offerRefresh(failure.text)
  else ElMessage.error(failure.text)
}

async function offerRefresh(text: string): Promise<void> {
  if (await confirmed('有新版本', text, '刷新')) window.location.reload()
}

export function tellDone(text: string): void {
  ElMessage.success(text)
}

/** Runs an action once at a time and says what went wrong; a button shows `busy` as its loading state. */
export function useAction(): { busy: Ref<boolean>; run: (work: () => Promise<void>) => Promise<void> } {
  const busy = ref(false)
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (busy.value) return
    busy.value = true
    try {
      await work()
    } catch (fault) {
      if (!(fault instanceof ApiFailure)) throw fault
      tellFailure(fault.failure)
    } finally {
      busy.value = false
    }
  }
  return { busy, run }
}
