import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The address picked in the address list for the checkout page below it; empty: the default one. */
export const useChosenAddress = defineStore('chosen-address', () => ({ id: ref('') }))
