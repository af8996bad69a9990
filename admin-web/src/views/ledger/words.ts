import type { LedgerAccountKind, LedgerFault, LedgerTransactionKind, MoneyPlace } from '@/gql/graphql'

export const ACCOUNTS: Record<LedgerAccountKind, string> = {
  WECHAT_RECEIVABLE: '微信支付在途资金',
  PLATFORM_BANK: '平台银行账户',
  BUYER_CLEARING: '买家待结算款',
  SUSPENSE: '待核实款',
  MERCHANT_PAYABLE: '应付商户',
  PLATFORM_REVENUE: '平台佣金收入',
  FEE_EXPENSE: '支付手续费',
  COUPON_EXPENSE: '平台优惠支出',
  POINTS_LIABILITY: '积分负债',
  POINTS_EXPENSE: '积分费用',
  GIFTCARD_LIABILITY: '礼品卡负债',
  VOUCHER_LIABILITY: '提货券负债',
  CARD_SALES: '礼品卡、提货券消费收入（自营）',
  SHOP_VOUCHERS: '商户自收款的提货券',
  COURIER_PAYABLE: '应付配送员',
  LEADER_PAYABLE: '应付团长',
  DEPOSIT: '商户保证金',
  BUYER_COMPENSATION: '应付买家定金赔付',
}

/** Kinds with an account for each shop, courier or leader. */
export const OWNED: LedgerAccountKind[] = ['MERCHANT_PAYABLE', 'SHOP_VOUCHERS', 'COURIER_PAYABLE', 'LEADER_PAYABLE', 'DEPOSIT']

export const KINDS: Record<LedgerTransactionKind, string> = {
  PAYMENT: '收款',
  REFUND: '退款',
  DISPUTE: '待核实收款',
  DISPUTE_ACCEPTED: '核实入账',
  DISPUTE_RETURNED: '核实退回',
  SETTLEMENT: '结算',
  SETTLEMENT_RETURN: '结算收回',
  PAYOUT: '打款给商户',
  PAYOUT_RETURNED: '打款被银行退回',
  FEE: '手续费扣收',
  CARD_ISSUED: '礼品卡发放',
  CARD_REFUND: '退礼品卡',
  CARD_VOIDED: '礼品卡作废',
  VOUCHER_ISSUED: '发放提货券',
  VOUCHER_VOIDED: '提货券作废',
  VOUCHER_REFUND: '提货券到期退款',
  POINTS_GRANTED: '积分发放',
  POINTS_ENDED: '积分到期或收回',
  COMPENSATION: '定金双倍返还',
  COMPENSATION_PAID: '定金赔付转账',
}

export const PLACES: Record<MoneyPlace, string> = {
  BUYER: '买家（微信支付）',
  COUPONS: '平台优惠',
  POINTS: '积分抵扣',
  GIFT_CARDS: '礼品卡',
  VOUCHERS: '提货券',
  HELD: '待结算',
  DISPUTED: '待核实',
  MERCHANT: '应付商户',
  COMMISSION: '平台佣金',
  FEE: '微信支付手续费',
  PAID_OUT: '已打款给商户',
  COMPENSATION: '待转账的定金赔付',
}

/** Where money that stayed at, or went back to, its source is: to be read as returned. */
export const RETURNED: Partial<Record<MoneyPlace, string>> = {
  BUYER: '已原路退回买家',
  COUPONS: '已退回平台优惠',
  POINTS: '已退回积分',
  GIFT_CARDS: '已退回礼品卡',
  VOUCHERS: '已退回提货券',
}

export const FAULTS: Record<LedgerFault, string> = {
  PAYMENT_NOT_POSTED: '收款没有入账',
  PAYMENT_DIFFERS: '收款金额不符',
  PAYMENT_UNKNOWN: '账上的收款查无此笔',
  DISPUTE_NOT_POSTED: '待核实收款没有入账',
  REFUND_NOT_POSTED: '退款没有入账',
  REFUND_DIFFERS: '退款金额不符',
  REFUND_UNKNOWN: '账上的退款查无此笔',
  SETTLEMENT_NOT_POSTED: '完成的订单没有结算',
  CARDS_DIFFER: '礼品卡余额合计与负债不符',
  CARD_LOG_DIFFERS: '礼品卡余额与流水不符',
  CARD_HOLD_DIFFERS: '礼品卡占用与订单不符',
  CARD_ORDER_DIFFERS: '订单的礼品卡支付与占用不符',
  VOUCHERS_DIFFER: '提货券未提价值与负债不符',
  VOUCHER_LOG_DIFFERS: '提货券件数与流水不符',
  VOUCHER_HOLD_DIFFERS: '提货券占用与订单不符',
  VOUCHER_ORDER_DIFFERS: '订单的提货券支付与占用不符',
  POINTS_DIFFER: '会员积分与积分负债不符',
  POINTS_LOG_DIFFERS: '会员积分与流水不符',
  POINTS_ORDER_DIFFERS: '订单的积分抵扣与占用不符',
  SPLIT_DIFFERS: '分账与佣金不符',
  SETTLEMENT_DIFFERS: '结算单与账本不符',
  PAYOUT_NOT_POSTED: '提现没有入账',
  PAYOUT_DIFFERS: '提现与账本不符',
  PAYOUT_UNKNOWN: '账本中的提现没有提现单',
  SETTLEMENT_UNKNOWN: '账上的结算查无此单',
  STILL_HELD: '订单已结束，仍有款项待结算',
  UNBALANCED: '借贷不平',
}
