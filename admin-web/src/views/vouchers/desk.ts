import type { Api } from '@/api/client'
import { MerchantIssueVouchersDocument, MerchantOpenVoucherBatchDocument, MerchantRefundVoucherDocument, MerchantStopVoucherBatchDocument, MerchantVoucherPayeeDocument, PlatformIssueVouchersDocument, PlatformRefundVoucherDocument, PlatformStopVoucherBatchDocument, PlatformVoucherPayeeDocument, type VoucherBatchInput } from '@/gql/graphql'
import type { Side } from './words'

/** What a shop and the platform do alike, each by its own mutations. */
export function useDesk(api: Api, side: Side) {
  if (side === 'platform')
    return {
      issue: async (batchId: string, count: number, idempotencyKey: string) => (await api.ask(PlatformIssueVouchersDocument, { batchId, count, idempotencyKey })).platformIssueVouchers,
      stop: async (id: string) => (await api.ask(PlatformStopVoucherBatchDocument, { id })).platformStopVoucherBatch,
      payee: async (id: string) => (await api.ask(PlatformVoucherPayeeDocument, { id })).platformVoucherPayee,
      refund: async (id: string, reference: string) => (await api.ask(PlatformRefundVoucherDocument, { id, reference })).platformRefundVoucher,
    }
  return {
    issue: async (batchId: string, count: number, idempotencyKey: string) => (await api.ask(MerchantIssueVouchersDocument, { batchId, count, idempotencyKey })).merchantIssueVouchers,
    stop: async (id: string) => (await api.ask(MerchantStopVoucherBatchDocument, { id })).merchantStopVoucherBatch,
    payee: async (id: string) => (await api.ask(MerchantVoucherPayeeDocument, { id })).merchantVoucherPayee,
    refund: async (id: string, reference: string) => (await api.ask(MerchantRefundVoucherDocument, { id, reference })).merchantRefundVoucher,
  }
}

export async function openForShop(api: Api, input: VoucherBatchInput) {
  return (await api.ask(MerchantOpenVoucherBatchDocument, { input })).merchantOpenVoucherBatch
}
