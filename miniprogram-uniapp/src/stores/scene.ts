import { mall, tokenStore } from '@/api/mall'
import { AcceptInvitationDocument, NoteArrivalDocument } from '@/gql/graphql'
import { sceneOf, type Scene } from '@/page/scene'

const NOTED = 'mall.scene.noted'
const CHANNEL = 'mall.scene.channel'
const DEVICE = 'mall.device'

/** A random name of this device, kept across sign-ins; the server stores a blind index of it. */
export function deviceName(): string {
  const kept = String(uni.getStorageSync(DEVICE) || '')
  if (kept) return kept
  const made = Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join('')
  uni.setStorageSync(DEVICE, made)
  return made
}

/** Tells the mall that somebody came by this scene, once a day. Nothing depends on it, so a failure is passed over. */
async function note(scene: Scene): Promise<void> {
  const mark = `${new Date().toISOString().slice(0, 10)} ${scene.text}`
  if (uni.getStorageSync(NOTED) === mark) return
  uni.setStorageSync(NOTED, mark)
  await mall.mutate(NoteArrivalDocument, { scene: scene.text }).catch(() => undefined)
}

/** For every way in: counts who came, and remembers a channel until there is a member who came by it. */
export function arrived(query: Record<string, unknown> | undefined): Scene | null {
  const scene = sceneOf(query)
  if (!scene) return null
  void note(scene)
  if (scene.kind === 'channel') {
    if (!uni.getStorageSync(CHANNEL)) uni.setStorageSync(CHANNEL, scene.text)
    void bindChannel()
  }
  return scene
}

/** Binds who has logged in to the channel he came by. What the mall says to it is no news to the buyer. */
export async function bindChannel(): Promise<void> {
  const scene = String(uni.getStorageSync(CHANNEL) || '')
  if (!scene || tokenStore.access() === null) return
  const answer = await mall.mutate(AcceptInvitationDocument, { scene, device: deviceName() }).catch(() => undefined)
  if (answer) uni.removeStorageSync(CHANNEL)
}
