import { defineStore } from 'pinia'
import { ref } from 'vue'
import { mall } from '@/api/mall'
import { FeaturesDocument, type FeaturesQuery } from '@/gql/graphql'

type Features = FeaturesQuery['features']

const NONE: Features = { community: false }

/** Which parts the mall has. Asked once; until it is known, and where it cannot be, no way leads to a part. */
export const useFeatures = defineStore('features', () => {
  const known = ref<Features>(NONE)
  let asked: Promise<Features> | undefined

  function read(): Promise<Features> {
    asked ??= mall
      .query(FeaturesDocument, {})
      .then(({ features }) => (known.value = features))
      .catch(() => {
        asked = undefined
        return NONE
      })
    return asked
  }

  return { known, read }
})
