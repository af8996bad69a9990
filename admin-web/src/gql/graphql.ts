/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type ActorKind =
  | 'MEMBER'
  | 'MERCHANT'
  | 'PLATFORM'
  | 'SYSTEM';

export type AfterSaleAct =
  | 'AGREE'
  | 'CANCEL'
  | 'CONFIRM_REPLACEMENT'
  | 'CONTEST'
  | 'DECIDE'
  | 'ESCALATE'
  | 'RECEIVE'
  | 'REFUND'
  | 'REJECT'
  | 'SEND_RETURN'
  | 'SHIP_REPLACEMENT'
  | 'SPEAK';

export type AfterSaleDecision =
  | 'DISMISS'
  | 'REFUND'
  | 'RETURN';

export type AfterSaleDesk =
  | 'ARBITRATION'
  | 'ENDED'
  | 'TO_ANSWER'
  | 'TO_RECEIVE'
  | 'TO_SETTLE'
  | 'UNDER_WAY'
  | 'WITH_BUYER';

export type AfterSaleKind =
  | 'DAMAGED'
  | 'EXCHANGE'
  | 'MISSING'
  | 'REFUND_ONLY'
  | 'RETURN';

export type AfterSaleReason =
  | 'DAMAGED'
  | 'LATE_SHIPPING'
  | 'MISSING'
  | 'NOT_AS_DESCRIBED'
  | 'NOT_RECEIVED'
  | 'NOT_WANTED'
  | 'NO_REASON'
  | 'OTHER'
  | 'QUALITY'
  | 'WRONG_GOODS';

export type AfterSaleRefusal =
  | 'ALREADY_SHIPPED'
  | 'EVIDENCE_MISSING'
  | 'HARMED_BY_BUYER'
  | 'NOT_OUR_GOODS'
  | 'RETURN_INCOMPLETE'
  | 'SETTLED_OTHERWISE';

export type AfterSaleState =
  | 'APPLIED'
  | 'CANCELLED'
  | 'CLOSED'
  | 'DONE'
  | 'ESCALATED'
  | 'RECEIVED'
  | 'REFUNDING'
  | 'REJECTED'
  | 'REPLACED'
  | 'RETURN_SHIPPED'
  | 'WAIT_RETURN';

export type AppealState =
  | 'DISMISSED'
  | 'OPEN'
  | 'UPHELD';

export type Arm =
  | 'A'
  | 'B';

export type AttributeInput = {
  filterable?: boolean;
  kind: AttributeKind;
  name: string;
  options?: Array<string>;
  position?: number;
  required?: boolean;
  unit?: string | null | undefined;
};

/** One of the options, a number, a text, yes or no. */
export type AttributeKind =
  | 'BOOLEAN'
  | 'ENUM'
  | 'NUMBER'
  | 'TEXT';

export type AttributeValueInput = {
  attributeId: string;
  /** An option, a number, a text, `true` or `false`. */
  value: string;
};

/** Nothing changes; it holds at once; the price waits for review. */
export type BatchEffect =
  | 'AT_ONCE'
  | 'NOTHING'
  | 'REVIEW';

/** What a SKU shall cost (fen) and how many there shall be; null: as it is. */
export type BatchRowInput = {
  price?: number | null | undefined;
  /** As the preview told it. */
  priceSeen?: number | null | undefined;
  skuId: string;
  stock?: number | null | undefined;
  stockSeen?: number | null | undefined;
};

export type BillFault =
  | 'AMOUNT_DIFFERS'
  | 'MISSING_HERE'
  | 'MISSING_THERE'
  | 'STATE_DIFFERS';

/** TRADE: payments and refunds. FUNDS: splits, subsidies and payouts. */
export type BillKind =
  | 'FUNDS'
  | 'TRADE';

export type BillSubject =
  | 'FEE'
  | 'OTHER'
  | 'PAYMENT'
  | 'PAYOUT'
  | 'REFUND'
  | 'RETURN'
  | 'SPLIT'
  | 'SUBSIDY'
  | 'SUBSIDY_RETURN';

export type CampaignApplicationState =
  | 'ACCEPTED'
  | 'APPLIED'
  | 'DECLINED'
  | 'REMOVED'
  | 'WITHDRAWN';

/** NEW_BUYERS: who has paid for nothing yet. */
export type CampaignAudience =
  | 'EVERYBODY'
  | 'NEW_BUYERS';

/** Exactly one of `coupon` and `steps` says what the campaign offers. */
export type CampaignInput = {
  /** Of the platform: shops apply until then; needed for 满减, and where shops bear a part */
  applyUntil?: string | null | undefined;
  audience?: CampaignAudience;
  budget?: number | null | undefined;
  categoryIds?: Array<string> | null | undefined;
  coupon?: CouponTermsInput | null | undefined;
  endsAt: string;
  /** It goes with no other coupon for the same goods. Of coupons only. */
  exclusive?: boolean;
  /** Of a campaign of the platform: what of the cost the shops bear. A shop bears its own. */
  merchantPercent?: number;
  name: string;
  productIds?: Array<string> | null | undefined;
  /** In plain words, as buyers read them before they take part */
  rules: string;
  startsAt: string;
  steps?: Array<ReductionStepInput>;
};

export type CampaignKind =
  | 'COUPON'
  | 'FLASH_SALE'
  | 'GROUP_BUY'
  | 'PRESALE'
  | 'REDUCTION';

/** SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person. */
export type CampaignPhase =
  | 'DRAFT'
  | 'ENDED'
  | 'RUNNING'
  | 'SCHEDULED'
  | 'STOPPED';

export type CardBatchInput = {
  /** Who bought a batch that is sold by bank transfer */
  buyer?: string;
  face: number;
  issuerId: string;
  kind: CardBatchKind;
  name: string;
  named?: boolean;
  price: number;
  total: number;
  validMonths?: number | null | undefined;
};

export type CardBatchKind =
  | 'GIVEN'
  | 'ONLINE'
  | 'SOLD';

export type CardBatchState =
  | 'OPEN'
  | 'STOPPED';

export type CategoryPolicyInput = {
  blockedReason?: string | null | undefined;
  grades?: Array<string> | null | undefined;
  papers?: Array<RequiredPaperInput>;
  priceFreePercent?: number | null | undefined;
};

export type CloseReason =
  | 'BALANCE_MISSED'
  | 'BUYER_CANCELLED'
  | 'GROUP_FAILED'
  | 'OUT_OF_STOCK_AFTER_PAYMENT'
  | 'PAYMENT_TIMEOUT'
  | 'PICKUP_MISSED'
  | 'PRESALE_FAILED'
  | 'PRESALE_GIVEN_UP'
  | 'REFUNDED';

/** COMING: announced. NOW: in force. OVER: ended, replaced, or withdrawn before it began. */
export type CommissionPhase =
  | 'COMING'
  | 'NOW'
  | 'OVER';

/** Without a shop it is for all shops, without a category for all goods. */
export type CommissionRuleInput = {
  categoryId?: string | null | undefined;
  merchantId?: string | null | undefined;
  note: string;
  /** Basis points, 3000 at most */
  rate: number;
  /** YYYY-MM-DD in Shanghai, tomorrow or later, within a year */
  since: string;
};

export type ConsoleOrderFilter = {
  from?: string | null | undefined;
  /** Only these; at most 100. */
  ids?: Array<string> | null | undefined;
  /** Only orders with a parcel that is held up or on its way back. */
  inTrouble?: boolean;
  merchantId?: string | null | undefined;
  state?: OrderState | null | undefined;
  text?: string | null | undefined;
  to?: string | null | undefined;
  /** Only orders that wait at a counter. */
  toPickUp?: boolean;
};

export type ConsoleProductFilter = {
  categoryId?: string | null | undefined;
  merchantId?: string | null | undefined;
  state?: ProductState | null | undefined;
  text?: string | null | undefined;
};

export type ContentCheckState =
  | 'MANUAL'
  | 'PASSED'
  | 'PENDING'
  | 'REJECTED';

export type ContentCheckSubject =
  | 'COMMENT'
  | 'POST'
  | 'REVIEW_WORDS';

export type ContentDesk =
  | 'REFUSED'
  | 'TO_READ'
  | 'WAITING';

export type ContentSubject =
  | 'COMMENT'
  | 'POST'
  | 'REVIEW';

export type ContentVerdict =
  | 'PASS'
  | 'REVIEW'
  | 'RISKY';

/** What speaks for copies: many cities, too fast, a crowd, before sending. */
export type CopyRule =
  | 'CITIES'
  | 'CROWD'
  | 'EARLY'
  | 'TRAVEL';

export type CorrectTrackingInput = {
  carrier: string;
  shipmentId: string;
  trackingNumber: string;
};

/** `off`, or `percentOff` and at most `most`; good for `validDays`, or until `validUntil`. */
export type CouponTermsInput = {
  byEvent?: boolean;
  code?: string | null | undefined;
  most?: number | null | undefined;
  off?: number;
  perMember?: number;
  percentOff?: number;
  threshold: number;
  total: number;
  validDays?: number | null | undefined;
  validUntil?: string | null | undefined;
};

export type DepositKind =
  | 'DINGJIN'
  | 'DINGJIN_REFUNDABLE';

export type FlashApplicationInput = {
  perMember?: number;
  price: number;
  sessionId: string;
  skuId: string;
  total: number;
};

export type FlashOfferState =
  | 'APPLIED'
  | 'DECLINED'
  | 'ENDED'
  | 'PUBLISHED'
  | 'WITHDRAWN';

export type FlashSessionInput = {
  endsAt: string;
  name: string;
  /** 1 to 15 */
  payMinutes?: number;
  startsAt: string;
};

export type ForbiddenWordInput = {
  active?: boolean;
  harmlessIn?: Array<string>;
  law?: string;
  reason: string;
  severity: WordSeverity;
  unlessPaper?: PaperKind | null | undefined;
  word: string;
};

export type FreightFreeInput = {
  codes?: Array<string>;
  fromAmount?: number | null | undefined;
  fromQuantity?: number | null | undefined;
};

/** Units in grams or pieces, fees in fen. Without `deliverable` only `reason` is looked at. */
export type FreightRuleInput = {
  codes?: Array<string>;
  deliverable?: boolean;
  first?: number | null | undefined;
  firstFee?: number | null | undefined;
  reason?: string;
  step?: number | null | undefined;
  stepFee?: number | null | undefined;
};

export type FreightTemplateInput = {
  coldFee?: number;
  /** The first month in which `coldFee` is asked, 1 to 12. */
  coldFrom?: number;
  /** The last one; earlier than `coldFrom`: over New Year. */
  coldTo?: number;
  defaultRule: FreightRuleInput;
  frees?: Array<FreightFreeInput>;
  name: string;
  packFee?: number | null | undefined;
  packGrams?: number | null | undefined;
  rules?: Array<FreightRuleInput>;
  unit: FreightUnit;
};

/** One piece weighs `weight` grams; all `quantity` of them cost `amount` fen. */
export type FreightTrialInput = {
  amount?: number;
  cold?: boolean;
  /** 1 to 12; null: this month. */
  month?: number | null | undefined;
  quantity?: number;
  regionCode: string;
  weight?: number;
};

/** What a template counts in: grams or pieces. */
export type FreightUnit =
  | 'PIECE'
  | 'WEIGHT';

export type GiftCardState =
  | 'ACTIVE'
  | 'FROZEN'
  | 'ISSUED'
  | 'REFUNDED'
  | 'REPLACED'
  | 'SUSPENDED'
  | 'VOIDED';

export type GroupActivityInput = {
  endsAt: string;
  name: string;
  perMember: number;
  price: number;
  size: number;
  skuId: string;
  startsAt: string;
  stock: number;
  ttlMinutes: number;
};

export type GroupActivityState =
  | 'DRAFT'
  | 'RUNNING'
  | 'STOPPED';

export type GroupState =
  | 'FAILED'
  | 'FORMING'
  | 'MERGED'
  | 'SUCCESS';

export type ImageInput = {
  alt?: string;
  /** Where to look, in thousandths from the left. */
  focusX?: number;
  /** The same from the top. */
  focusY?: number;
  key: string;
};

/** 个人 or 单位 */
export type InvoiceHolder =
  | 'FIRM'
  | 'PERSON';

/** 普通发票 or 专用发票 */
export type InvoiceKind =
  | 'NORMAL'
  | 'SPECIAL';

/** Why a shop cannot issue what was asked for; not wanting to is no reason. */
export type InvoiceRefusal =
  | 'ISSUED_ALREADY'
  | 'NO_SPECIAL'
  | 'TITLE_WRONG';

export type InvoiceState =
  | 'CANCELLED'
  | 'ISSUED'
  | 'REFUSED'
  | 'REQUESTED';

export type IssueInvoiceInput = {
  invoiceId: string;
  link?: string | null | undefined;
  number?: string | null | undefined;
};

export type LedgerAccountKind =
  | 'BUYER_CLEARING'
  | 'BUYER_COMPENSATION'
  | 'CARD_SALES'
  | 'COUPON_EXPENSE'
  | 'COURIER_PAYABLE'
  | 'DEPOSIT'
  | 'FEE_EXPENSE'
  | 'GIFTCARD_LIABILITY'
  | 'LEADER_PAYABLE'
  | 'MERCHANT_PAYABLE'
  | 'PLATFORM_BANK'
  | 'PLATFORM_REVENUE'
  | 'POINTS_EXPENSE'
  | 'POINTS_LIABILITY'
  | 'SHOP_VOUCHERS'
  | 'SUSPENSE'
  | 'VOUCHER_LIABILITY'
  | 'WECHAT_RECEIVABLE';

export type LedgerFault =
  | 'CARDS_DIFFER'
  | 'CARD_HOLD_DIFFERS'
  | 'CARD_LOG_DIFFERS'
  | 'CARD_ORDER_DIFFERS'
  | 'DISPUTE_NOT_POSTED'
  | 'PAYMENT_DIFFERS'
  | 'PAYMENT_NOT_POSTED'
  | 'PAYMENT_UNKNOWN'
  | 'PAYOUT_DIFFERS'
  | 'PAYOUT_NOT_POSTED'
  | 'PAYOUT_UNKNOWN'
  | 'POINTS_DIFFER'
  | 'POINTS_LOG_DIFFERS'
  | 'POINTS_ORDER_DIFFERS'
  | 'REFUND_DIFFERS'
  | 'REFUND_NOT_POSTED'
  | 'REFUND_UNKNOWN'
  | 'SETTLEMENT_DIFFERS'
  | 'SETTLEMENT_NOT_POSTED'
  | 'SETTLEMENT_UNKNOWN'
  | 'SPLIT_DIFFERS'
  | 'STILL_HELD'
  | 'UNBALANCED'
  | 'VOUCHERS_DIFFER'
  | 'VOUCHER_HOLD_DIFFERS'
  | 'VOUCHER_LOG_DIFFERS'
  | 'VOUCHER_ORDER_DIFFERS';

export type LedgerTransactionKind =
  | 'CARD_ISSUED'
  | 'CARD_REFUND'
  | 'CARD_VOIDED'
  | 'COMPENSATION'
  | 'COMPENSATION_PAID'
  | 'DISPUTE'
  | 'DISPUTE_ACCEPTED'
  | 'DISPUTE_RETURNED'
  | 'FEE'
  | 'PAYMENT'
  | 'PAYOUT'
  | 'PAYOUT_RETURNED'
  | 'POINTS_ENDED'
  | 'POINTS_GRANTED'
  | 'REFUND'
  | 'SETTLEMENT'
  | 'SETTLEMENT_RETURN'
  | 'VOUCHER_ISSUED'
  | 'VOUCHER_REFUND'
  | 'VOUCHER_VOIDED';

/** What is typed of a product so far. */
export type ListingTextInput = {
  /** What it says under its attributes, one on a line. */
  attributes?: string;
  categoryId: string;
  description?: string;
  grade?: string;
  productId?: string | null | undefined;
  /** The names of its SKUs, one on a line. */
  skus?: string;
  subtitle?: string;
  title?: string;
};

export type LotInput = {
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
  originCode: string;
  plot: string;
  producer?: string;
  productId: string;
};

/** OPEN and CLOSED lots are sold; HELD ones wait for somebody to look at them. */
export type LotState =
  | 'CLOSED'
  | 'HELD'
  | 'OPEN'
  | 'RECALLED';

/** What can be done to a lot. */
export type LotStep =
  | 'CLOSE'
  | 'HOLD'
  | 'RECALL'
  | 'RELEASE'
  | 'REOPEN';

/** What a struck-through price is: at most the lowest the shop asked in the seven days before the price went down, or what the maker suggests. */
export type MarketBasis =
  | 'ORIGINAL'
  | 'SUGGESTED';

export type MerchantKind =
  | 'COMPANY'
  | 'COOPERATIVE'
  | 'FARMER'
  | 'INDIVIDUAL';

export type MerchantPaperInput = {
  /** YYYY-MM-DD; null: it does not expire. */
  expiresOn?: string | null | undefined;
  kind: PaperKind;
  number: string;
  pictureKey: string;
};

export type MerchantProductStep =
  | 'PUT_ON_SALE'
  | 'SUBMIT'
  | 'TAKE_OFF_SALE'
  | 'WITHDRAW';

export type MerchantState =
  | 'CLOSED'
  | 'OPEN'
  | 'SUSPENDED';

/** BUYER, COUPONS, POINTS and GIFT_CARDS are where money comes from and goes back to. */
export type MoneyPlace =
  | 'BUYER'
  | 'COMMISSION'
  | 'COMPENSATION'
  | 'COUPONS'
  | 'DISPUTED'
  | 'FEE'
  | 'GIFT_CARDS'
  | 'HELD'
  | 'MERCHANT'
  | 'PAID_OUT'
  | 'POINTS'
  | 'VOUCHERS';

export type NoticeKind =
  | 'AFTER_SALE_OPENED'
  | 'AFTER_SALE_RETURNED'
  | 'BALANCE_ENDING'
  | 'BALANCE_OPEN'
  | 'BILL_DIFFERS'
  | 'CAMPAIGN_ACCEPTED'
  | 'CAMPAIGN_DECLINED'
  | 'CAMPAIGN_REMOVED'
  | 'CASE_ANSWERED'
  | 'CASE_ESCALATED'
  | 'CHANGE_APPLIED'
  | 'CHANGE_REJECTED'
  | 'COUPONS_ENDING'
  | 'GOODS_RECALLED'
  | 'GROUP_FAILED'
  | 'GROUP_SUCCEEDED'
  | 'LOT_RECALLED'
  | 'ORDER_SHIPPED'
  | 'PAYMENT_DISPUTED'
  | 'PAYOUT_BOUNCED'
  | 'PAYOUT_FAILED'
  | 'PICKUP_DUE'
  | 'PICKUP_ENDING'
  | 'PICKUP_READY'
  | 'PIECE_COPIED'
  | 'POINTS_ENDING'
  | 'PRODUCT_APPROVED'
  | 'PRODUCT_FROZEN'
  | 'PRODUCT_REJECTED'
  | 'REFUND_ABNORMAL'
  | 'REFUND_ARRIVED'
  | 'REFUND_SHORT'
  | 'REVIEW_POOR'
  | 'REVIEW_REPLIED'
  | 'SETTLEMENT_STUCK'
  | 'STOCK_LOW';

export type OrderState =
  | 'AWAITING_BALANCE'
  | 'AWAITING_GROUP'
  | 'AWAITING_PAYMENT'
  | 'AWAITING_SHIPMENT'
  | 'CLOSED'
  | 'COMPLETED'
  | 'PARTLY_SHIPPED'
  | 'RECEIVED'
  | 'RESERVED'
  | 'SHIPPED';

/** Papers a shop may have to show before goods of a category are published. */
export type PaperKind =
  | 'ALCOHOL'
  | 'ANIMAL_QUARANTINE'
  | 'FOOD_BUSINESS'
  | 'FOOD_PRODUCTION'
  | 'GI_AUTHORISATION'
  | 'HEALTH_FOOD'
  | 'ORGANIC'
  | 'PREPACKAGED_FILING'
  | 'SMALL_WORKSHOP';

export type PaperState =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED';

export type PartnerInput = {
  /** The most that is saved up, from `pointsPerSecond` to 100,000. */
  burst: number;
  contact: string;
  name: string;
  note?: string;
  /** Points of cost that flow back each second, 1 to 10,000. */
  pointsPerSecond: number;
  /** The version read; saving over somebody else's change is refused. */
  version?: number | null | undefined;
};

export type PartnerKeyState =
  | 'EXPIRED'
  | 'GOOD'
  | 'REVOKED';

export type PartnerState =
  | 'ACTIVE'
  | 'STOPPED';

export type PayoutEvery =
  | 'DAY'
  | 'MONTH'
  | 'NEVER'
  | 'WEEK';

export type PayoutState =
  | 'ASKED'
  | 'BOUNCED'
  | 'FAILED'
  | 'PROCESSING'
  | 'SUCCEEDED';

export type PickupPointInput = {
  detail: string;
  /** In words, such as 每天 9:00–18:00 */
  hours: string;
  name: string;
  phone: string;
  /** Of a county or town of Zhaotong */
  regionCode: string;
};

export type PickupState =
  | 'ENDED'
  | 'PICKED_UP'
  | 'WAITING';

/** CONFIRMED: the code was copied, and its page warns. */
export type PieceAlarmState =
  | 'CONFIRMED'
  | 'DISMISSED'
  | 'OPEN';

export type PlatformProductStep =
  | 'APPROVE'
  | 'FREEZE'
  | 'REJECT'
  | 'UNFREEZE';

export type PlatformVoucherBatchInput = {
  /** Who bought a batch that is sold by bank transfer */
  buyer?: string;
  freight: VoucherFreight;
  issuerId: string;
  /** SOLD or GIVEN */
  kind: VoucherBatchKind;
  name: string;
  note?: string;
  /** One, or a choice */
  skuIds: Array<string>;
  total: number;
  /** Pieces of one voucher */
  units: number;
  validFrom: string;
  validUntil: string;
  /** What each piece is worth: what was paid for it, and what is paid back */
  value: number;
};

/** RELEASED: the order was never paid. RETURNED: goods of it went back. TAKEN_BACK: what an order had brought, after goods of it went back. GRANTED, TAKEN: by the platform's hand. */
export type PointsEntryKind =
  | 'EARNED'
  | 'EXPIRED'
  | 'GRANTED'
  | 'RELEASED'
  | 'RETURNED'
  | 'SPENT'
  | 'TAKEN'
  | 'TAKEN_BACK';

export type PointsRulesInput = {
  capPercent: number;
  dailyMost: number;
  earning: boolean;
  leastGoods: number;
  /** Why it is changed; the history keeps it. */
  note: string;
  perYuan: number;
  spending: boolean;
};

export type PostCommentState =
  | 'HIDDEN'
  | 'PENDING'
  | 'PUBLISHED'
  | 'REJECTED'
  | 'REMOVED';

/** Why the platform may take a story or a comment from the page. */
export type PostHiding =
  | 'ABUSE'
  | 'ADVERTISING'
  | 'COURT_ORDER'
  | 'FALSE'
  | 'ILLEGAL'
  | 'INFRINGEMENT'
  | 'PRIVACY';

export type PostState =
  | 'DRAFT'
  | 'HIDDEN'
  | 'PENDING'
  | 'PUBLISHED'
  | 'REJECTED'
  | 'REMOVED';

export type PostWordsState =
  | 'DRAFT'
  | 'PENDING'
  | 'PUBLISHED'
  | 'REJECTED'
  | 'REMOVED'
  | 'REPLACED';

export type PresaleInput = {
  balanceFrom?: string | null | undefined;
  balanceUntil?: string | null | undefined;
  deposit?: number | null | undefined;
  depositKind?: DepositKind | null | undefined;
  endsAt: string;
  kind: PresaleKind;
  name: string;
  perMember: number;
  price: number;
  shipDays: number;
  shipsAt: string;
  skuId: string;
  startsAt: string;
  stock: number;
};

export type PresaleKind =
  | 'DEPOSIT'
  | 'FULL';

export type PresaleState =
  | 'ALLOCATED'
  | 'DRAFT'
  | 'RUNNING'
  | 'STOPPED';

export type PriceNodeKind =
  | 'CAMPAIGN'
  | 'DUE'
  | 'FREIGHT'
  | 'FREIGHT_STEP'
  | 'GIFT_CARD'
  | 'GOODS'
  | 'LINE'
  | 'MEMBER'
  | 'MERCHANT'
  | 'MERCHANT_COUPON'
  | 'PLATFORM_COUPON'
  | 'PLATFORM_REDUCTION'
  | 'POINTS'
  | 'REDUCTION'
  | 'TOTAL'
  | 'UNUSED';

/** Who bears a discount. */
export type PriceParty =
  | 'MERCHANT'
  | 'PLATFORM';

export type ProductChangeState =
  | 'APPLIED'
  | 'PENDING'
  | 'REJECTED'
  | 'WITHDRAWN';

export type ProductInput = {
  attributes?: Array<AttributeValueInput>;
  brandId?: string | null | undefined;
  categoryId: string;
  /** Of a CLIP as `finishUpload` answered it; only together with `clipPosterKey`. */
  clipKey?: string | null | undefined;
  clipPosterKey?: string | null | undefined;
  description?: string;
  /** Null: the shop's default template. */
  freightTemplateId?: string | null | undefined;
  grade?: string;
  harvestFrom?: number | null | undefined;
  harvestFromDay?: number | null | undefined;
  harvestTo?: number | null | undefined;
  /** Keys answered by `finishUpload`, in order; the first is the cover */
  images: Array<ImageInput>;
  originCode: string;
  returnClass: ReturnClass;
  shelfLifeDays?: number | null | undefined;
  /** YYYY-MM-DD; null: sent at once. */
  shipsFrom?: string | null | undefined;
  skus: Array<SkuInput>;
  soldBy?: SoldBy;
  storage: StorageClass;
  subtitle?: string;
  title: string;
  tolerancePercent?: number | null | undefined;
  /** The version read; saving over somebody else's change is refused. */
  version?: number | null | undefined;
};

export type ProductState =
  | 'DRAFT'
  | 'FROZEN'
  | 'IN_REVIEW'
  | 'OFF_SALE'
  | 'ON_SALE';

/** Each from 0.05 to 3, to two digits. */
export type RankingWeightsInput = {
  category: number;
  characters: number;
  initials: number;
  letters: number;
  pinyin: number;
  text: number;
};

export type RecallState =
  | 'DONE'
  | 'RUNNING';

export type ReductionStepInput = {
  off: number;
  threshold: number;
};

/** Why one side got nothing. */
export type ReferralMissed =
  | 'BLOCKED'
  | 'COUPONS_GONE'
  | 'COUPONS_OVER'
  | 'COUPON_LIMIT'
  | 'INVITER_LIMIT'
  | 'MONTH_LIMIT'
  | 'PROGRAMME_LIMIT';

export type ReferralProgrammeInput = {
  bindDays: number;
  endsAt: string;
  heldFrom: number;
  inviteeCampaignId: string;
  /** Coupons of the platform that are given by events */
  inviterCampaignId: string;
  leastKept: number;
  name: string;
  orderDays: number;
  perInviter: number;
  perMonth: number;
  /** In plain words, as members read them before they take part */
  rules: string;
  startsAt: string;
  total: number;
};

/** SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person. */
export type ReferralProgrammePhase =
  | 'DRAFT'
  | 'ENDED'
  | 'RUNNING'
  | 'SCHEDULED'
  | 'STOPPED';

/** TAKEN_BACK: the first order went back after the reward was given. */
export type ReferralState =
  | 'BOUND'
  | 'HELD'
  | 'LAPSED'
  | 'MISSED'
  | 'REFUSED'
  | 'REWARDED'
  | 'TAKEN_BACK';

/** Why a person looks before anything is given. */
export type ReferralSuspicion =
  | 'MANY_IN_A_DAY'
  | 'SAME_ADDRESS'
  | 'SAME_DEVICE'
  | 'SAME_PAYER'
  | 'SAME_PHONE'
  | 'SHARED_ADDRESS'
  | 'SHARED_DEVICE'
  | 'SHARED_PHONE';

export type RefundState =
  | 'ABNORMAL'
  | 'PROCESSING'
  | 'REQUESTED'
  | 'SUCCEEDED';

export type RefuseInvoiceInput = {
  invoiceId: string;
  note?: string;
  reason: InvoiceRefusal;
};

/** Levels of GB/T 2260; a town is below a county. */
export type RegionLevel =
  | 'CITY'
  | 'COUNTY'
  | 'PROVINCE'
  | 'TOWN';

export type ReportReason =
  | 'ABUSE'
  | 'ADVERTISING'
  | 'FALSE'
  | 'ILLEGAL'
  | 'INFRINGEMENT'
  | 'OTHER'
  | 'PRIVACY';

export type RequiredPaperInput = {
  anyOf: Array<PaperKind>;
  reason: string;
  sellers?: Array<MerchantKind>;
};

export type ReturnAddressInput = {
  detail: string;
  name: string;
  phone: string;
  regionCode: string;
};

/** How the seven-day return right applies: by law, not by law (fresh goods …), or only with the buyer's confirmation. */
export type ReturnClass =
  | 'NO_RETURN_BY_LAW'
  | 'NO_RETURN_IF_CONFIRMED'
  | 'SEVEN_DAYS';

export type ReviewDesk =
  | 'ALL'
  | 'FOLLOWED_UP'
  | 'LOW'
  | 'UNANSWERED'
  | 'WITH_PICTURES';

/** Why the platform may take a review from the page. */
export type ReviewHiding =
  | 'ABUSE'
  | 'ADVERTISING'
  | 'COURT_ORDER'
  | 'FABRICATED'
  | 'ILLEGAL'
  | 'PRIVACY';

export type ReviewPart =
  | 'FIRST'
  | 'FOLLOW_UP'
  | 'REPLY';

export type ReviewState =
  | 'HIDDEN'
  | 'PENDING'
  | 'PUBLISHED'
  | 'REJECTED'
  | 'WITHDRAWN';

export type ReviewWordsState =
  | 'HIDDEN'
  | 'PENDING'
  | 'PUBLISHED'
  | 'REJECTED'
  | 'REPLACED'
  | 'WITHDRAWN';

export type SearchExperimentInput = {
  challenger: RankingWeightsInput;
  /** How long at most, 1 to 90. */
  days: number;
  name: string;
  /** Per cent of the devices that see the challenger, 1 to 50. */
  share: number;
};

/** Of ranking B beside A; UNCLEAR: the figures do not tell them apart. */
export type SearchVerdict =
  | 'BETTER'
  | 'UNCLEAR'
  | 'WORSE';

export type SettlementCallKind =
  | 'FINISH'
  | 'RETURN'
  | 'SPLIT'
  | 'SUBSIDY'
  | 'SUBSIDY_RETURN';

export type SettlementCallState =
  | 'ASKED'
  | 'FAILED'
  | 'PROCESSING'
  | 'SUCCEEDED';

/** WAITING: nothing of it may be on its way back. RUNNING: WeChat Pay is being asked. DONE: all of it is free. STUCK: a person must look. */
export type SettlementState =
  | 'DONE'
  | 'RUNNING'
  | 'STUCK'
  | 'WAITING';

export type ShipInput = {
  carrier: string;
  /** What is in the parcel; left out, all that is still to be shipped. */
  lines?: Array<ShipLineInput> | null | undefined;
  orderId: string;
  trackingNumber: string;
};

export type ShipLineInput = {
  lineId: string;
  quantity: number;
};

export type SkuInput = {
  active?: boolean;
  grossWeight: number;
  height?: number | null | undefined;
  id?: string | null | undefined;
  /** Of a parcel with one piece, in mm; all three or none. Bulky goods weigh more. */
  length?: number | null | undefined;
  /** Within how many days, 1 to 365; null: ever. */
  limitDays?: number | null | undefined;
  /** How many one member may buy, 1 to 999. */
  limitEach?: number | null | undefined;
  marketBasis?: MarketBasis | null | undefined;
  /** Struck through; with `marketBasis` only. */
  marketPrice?: number | null | undefined;
  /** Of a suggested price: who suggests it, and where. */
  marketSource?: string;
  name: string;
  price: number;
  /** Opening stock of a new SKU; ignored for one that exists */
  stock?: number;
  weight: number;
  width?: number | null | undefined;
};

/** By the piece, by a packed weight, or weighed after it was ordered: then the weight of a SKU is an estimate, and its price is what is paid for now. */
export type SoldBy =
  | 'CATCH_WEIGHT'
  | 'PIECE'
  | 'WEIGHT';

export type StaffKind =
  | 'MERCHANT'
  | 'PLATFORM';

/** Orders and after-sales, the first stock, or by hand. */
export type StockMoveKind =
  | 'COUNT'
  | 'LOSS'
  | 'OPENING'
  | 'ORDERS'
  | 'OTHER'
  | 'PURCHASE'
  | 'RETURN';

/** Why a shop changes its stock by hand. */
export type StockReason =
  | 'COUNT'
  | 'LOSS'
  | 'OTHER'
  | 'PURCHASE'
  | 'RETURN';

/** How goods are kept and sent: at room temperature, chilled, frozen. */
export type StorageClass =
  | 'AMBIENT'
  | 'CHILLED'
  | 'FROZEN';

export type TraceEventInput = {
  at: string;
  corrects?: number | null | undefined;
  documents?: Array<string>;
  facts?: Array<TraceFactInput>;
  kind: TraceKind;
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
  note?: string;
  photos?: Array<string>;
  place?: string;
};

/** What an event can tell; which ones, depends on its kind. */
export type TraceFact =
  | 'BASIS'
  | 'BEST_BEFORE'
  | 'CARRIER'
  | 'CONTACT'
  | 'DESTINATION'
  | 'DOSE'
  | 'GRADE'
  | 'GRAMS'
  | 'INPUT'
  | 'INSPECTOR'
  | 'INTERVAL_DAYS'
  | 'ISSUED_ON'
  | 'ITEMS'
  | 'PACKING'
  | 'PLEDGE'
  | 'PRODUCER'
  | 'PRODUCT'
  | 'QUANTITY'
  | 'REASON'
  | 'REGISTRATION'
  | 'REPORT_NUMBER'
  | 'RESULT'
  | 'SHRINK_GRAMS'
  | 'TARGET'
  | 'TEMPERATURE'
  | 'VARIETY'
  | 'WAREHOUSE';

export type TraceFactInput = {
  fact: TraceFact;
  value: string;
};

/** What is wrong with a lot's chain of events. */
export type TraceFault =
  | 'ANCHOR_DIFFERS'
  | 'CUT_OFF'
  | 'EMPTY'
  | 'EVENT_CHANGED'
  | 'EVENT_MISSING'
  | 'HARVEST_CHANGED'
  | 'LINK_BROKEN'
  | 'LOT_CHANGED'
  | 'NOT_SIGNED';

/** What happened. CERTIFIED: a 承诺达标合格证 was issued. */
export type TraceKind =
  | 'CERTIFIED'
  | 'FERTILISED'
  | 'HARVESTED'
  | 'HELD'
  | 'INSPECTED'
  | 'PACKED'
  | 'PLANTED'
  | 'RECALLED'
  | 'RELEASED'
  | 'SHIPPED'
  | 'SPRAYED'
  | 'STORED';

export type TrackState =
  | 'COLLECTED'
  | 'IN_TRANSIT'
  | 'OUT_FOR_DELIVERY'
  | 'PROBLEM'
  | 'RETURNED'
  | 'RETURNING'
  | 'SIGNED';

export type TradeState =
  | 'AWAITING_PAYMENT'
  | 'CLOSED'
  | 'DEPOSIT_PAID'
  | 'PAID';

export type UploadInput = {
  /** Of the file; the form takes no more. */
  byteSize: number;
  /** What the sender takes it for; what it is, its bytes say later. */
  contentType: string;
  kind: UploadKind;
};

/** PRODUCT: a picture of a shop. EVIDENCE: one in an after-sale case. POSTED: one shown to others once it is checked. CLIP: a short video of a product. */
export type UploadKind =
  | 'CLIP'
  | 'EVIDENCE'
  | 'POSTED'
  | 'PRODUCT';

export type UploadState =
  | 'DONE'
  | 'FAILED'
  | 'PENDING';

export type VoucherBatchInput = {
  freight: VoucherFreight;
  name: string;
  note?: string;
  /** One, or a choice */
  skuIds: Array<string>;
  total: number;
  /** Pieces of one voucher */
  units: number;
  validFrom: string;
  validUntil: string;
  /** What each piece is worth: what was paid for it, and what is paid back */
  value: number;
};

export type VoucherBatchKind =
  | 'GIVEN'
  | 'SHOP'
  | 'SOLD';

export type VoucherBatchState =
  | 'OPEN'
  | 'STOPPED';

export type VoucherFreight =
  | 'HOLDER'
  | 'INCLUDED';

export type VoucherState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'FROZEN'
  | 'ISSUED'
  | 'REDEEMED'
  | 'REFUNDED'
  | 'REFUNDING'
  | 'SUSPENDED'
  | 'VOIDED';

export type WantedSku = {
  quantity: number;
  skuId: string;
};

/** BLOCK: refused anywhere; BLOCK_IN_TITLE: in titles; WARN: pointed out. */
export type WordSeverity =
  | 'BLOCK'
  | 'BLOCK_IN_TITLE'
  | 'WARN';

export type StaffFieldsFragment = { id: string, login: string, name: string, kind: StaffKind, role: string, permissions: Array<string>, totpEnabled: boolean, merchant: { id: string, name: string, state: MerchantState } | null };

export type StaffSessionFieldsFragment = { accessToken: string, refreshToken: string, expiresAt: string, staff: { id: string, login: string, name: string, kind: StaffKind, role: string, permissions: Array<string>, totpEnabled: boolean, merchant: { id: string, name: string, state: MerchantState } | null } };

export type StaffLoginMutationVariables = Exact<{
  login: string;
  password: string;
  totp?: string | null | undefined;
}>;


export type StaffLoginMutation = { staffLogin:
    | { __typename: 'LockedOut', code: string, message: string, field: string | null, until: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'StaffSession', accessToken: string, refreshToken: string, expiresAt: string, staff: { id: string, login: string, name: string, kind: StaffKind, role: string, permissions: Array<string>, totpEnabled: boolean, merchant: { id: string, name: string, state: MerchantState } | null } }
    | { __typename: 'TotpRequired', code: string, message: string, field: string | null }
   };

export type StaffRefreshMutationVariables = Exact<{
  refreshToken: string;
}>;


export type StaffRefreshMutation = { staffRefresh:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'StaffSession', accessToken: string, refreshToken: string, expiresAt: string }
   };

export type StaffMeQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffMeQuery = { staffMe: { id: string, login: string, name: string, kind: StaffKind, role: string, permissions: Array<string>, totpEnabled: boolean, merchant: { id: string, name: string, state: MerchantState } | null } | null };

export type StaffLogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type StaffLogoutMutation = { staffLogout:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RequestUploadMutationVariables = Exact<{
  input: UploadInput;
}>;


export type RequestUploadMutation = { requestUpload:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'UploadForm', id: string, url: string, fields: Array<{ name: string, value: string }> }
   };

export type FinishUploadMutationVariables = Exact<{
  id: string;
}>;


export type FinishUploadMutation = { finishUpload:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'UploadedFile', key: string, url: string, width: number, height: number }
   };

export type MerchantOrderArrivedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MerchantOrderArrivedSubscription = { merchantOrderArrived: { id: string, number: string, state: OrderState, total: number, buyerName: string, remark: string, createdAt: string, paidAt: string | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, toShip: number, image: { url: string, alt: string } | null }> } };

export type StaffChangePasswordMutationVariables = Exact<{
  current: string;
  new: string;
}>;


export type StaffChangePasswordMutation = { staffChangePassword:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type StaffBeginTotpMutationVariables = Exact<{ [key: string]: never; }>;


export type StaffBeginTotpMutation = { staffBeginTotp:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'TotpEnrolment', secret: string, uri: string }
   };

export type StaffConfirmTotpMutationVariables = Exact<{
  code: string;
}>;


export type StaffConfirmTotpMutation = { staffConfirmTotp:
    | { __typename: 'RecoveryCodes', codes: Array<string> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CaseRowFragment = { id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } };

export type CaseWholeFragment = { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, worth: number, beforeShipping: boolean, restocked: boolean | null, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, version: number, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, order: { id: string, number: string, state: OrderState, buyerName: string, total: number, freight: number }, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string }> }>, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } };

export type MerchantAfterSalesQueryVariables = Exact<{
  desk: AfterSaleDesk;
  page: number;
  size: number;
}>;


export type MerchantAfterSalesQuery = { merchantAfterSales: { total: number, items: Array<{ id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } }> }, merchantAfterSaleCounts: Array<{ desk: AfterSaleDesk, count: number }> };

export type MerchantAfterSaleQueryVariables = Exact<{
  id: string;
}>;


export type MerchantAfterSaleQuery = { merchantAfterSale: { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, worth: number, beforeShipping: boolean, restocked: boolean | null, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, version: number, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, order: { id: string, number: string, state: OrderState, buyerName: string, total: number, freight: number }, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string }> }>, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } } | null };

export type PlatformAfterSalesQueryVariables = Exact<{
  desk: AfterSaleDesk;
  page: number;
  size: number;
}>;


export type PlatformAfterSalesQuery = { platformAfterSales: { total: number, items: Array<{ id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } }> }, platformAfterSaleCounts: Array<{ desk: AfterSaleDesk, count: number }> };

export type PlatformAfterSaleQueryVariables = Exact<{
  id: string;
}>;


export type PlatformAfterSaleQuery = { platformAfterSale: { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, worth: number, beforeShipping: boolean, restocked: boolean | null, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, version: number, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, order: { id: string, number: string, state: OrderState, buyerName: string, total: number, freight: number }, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string }> }>, line: { id: string, title: string, skuName: string, image: { url: string, alt: string } | null } } | null };

export type MerchantReturnAddressQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantReturnAddressQuery = { merchantReturnAddress: { name: string, phone: string, regionCode: string, regionName: string, detail: string } | null };

export type PlatformFundsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformFundsQuery = { platformTroubledRefunds: { total: number, items: Array<{ id: string, number: string, amount: number, reason: string, trouble: string | null, createdAt: string, sentAt: string | null, order: { id: string, number: string } }> }, platformDisputedPayments: { total: number, items: Array<{ id: string, number: string, amount: number, dispute: string | null, paidAt: string | null, parts: Array<{ number: string, amount: number, paid: number | null, transactionId: string | null }> }> } };

export type MerchantAfterSaleChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MerchantAfterSaleChangedSubscription = { merchantAfterSaleChanged: { id: string, state: AfterSaleState } };

export type AfterSaleNewsSubscriptionVariables = Exact<{
  id: string;
}>;


export type AfterSaleNewsSubscription = { afterSaleChanged: { id: string, version: number } };

type CaseAnswer_AfterSale_Fragment = { __typename: 'AfterSale', id: string };

type CaseAnswer_Refused_Fragment = { __typename: 'Refused', code: string, message: string, field: string | null };

export type CaseAnswerFragment =
  | CaseAnswer_AfterSale_Fragment
  | CaseAnswer_Refused_Fragment
;

export type AgreeAfterSaleMutationVariables = Exact<{
  id: string;
  restock: boolean;
}>;


export type AgreeAfterSaleMutation = { merchantAgreeAfterSale:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RejectAfterSaleMutationVariables = Exact<{
  id: string;
  refusal: AfterSaleRefusal;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type RejectAfterSaleMutation = { merchantRejectAfterSale:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ReceiveReturnMutationVariables = Exact<{
  id: string;
}>;


export type ReceiveReturnMutation = { merchantReceiveReturn:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RefundReturnMutationVariables = Exact<{
  id: string;
  restock: boolean;
}>;


export type RefundReturnMutation = { merchantRefundReturn:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ContestReturnMutationVariables = Exact<{
  id: string;
  refusal: AfterSaleRefusal;
  text: string;
  pictures: Array<string> | string;
}>;


export type ContestReturnMutation = { merchantContestReturn:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ShipReplacementMutationVariables = Exact<{
  id: string;
  carrier: string;
  trackingNumber: string;
}>;


export type ShipReplacementMutation = { merchantShipReplacement:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SpeakOnCaseMutationVariables = Exact<{
  id: string;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type SpeakOnCaseMutation = { speakOnAfterSale:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type DecideAfterSaleMutationVariables = Exact<{
  id: string;
  decision: AfterSaleDecision;
  text: string;
  amount?: number | null | undefined;
  restock: boolean;
}>;


export type DecideAfterSaleMutation = { platformDecideAfterSale:
    | { __typename: 'AfterSale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SaveReturnAddressMutationVariables = Exact<{
  input: ReturnAddressInput;
}>;


export type SaveReturnAddressMutation = { merchantSaveReturnAddress:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'ReturnAddress', name: string }
   };

export type RetryRefundMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type RetryRefundMutation = { platformRetryRefund:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RefundOfflineMutationVariables = Exact<{
  id: string;
  reference: string;
  note: string;
}>;


export type RefundOfflineMutation = { platformRefundOffline:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RefundToMerchantMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type RefundToMerchantMutation = { platformRefundToMerchant:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type AcceptPaymentMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type AcceptPaymentMutation = { platformAcceptPayment:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SendPaymentBackMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type SendPaymentBackMutation = { platformSendPaymentBack:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type BillFieldsFragment = { id: string, day: string, kind: BillKind, empty: boolean, lines: number, paid: number, refunded: number, fees: number, comparedAt: string, openDifferences: number };

export type BillDifferenceFieldsFragment = { id: string, fault: BillFault, subject: BillSubject, number: string, orderId: string | null, ours: number | null, theirs: number | null, ourState: string | null, theirState: string | null, explainedAt: string | null, explainedBy: string | null, note: string | null };

export type PlatformBillsQueryVariables = Exact<{
  openOnly: boolean;
  page: number;
  size: number;
}>;


export type PlatformBillsQuery = { platformBills: { total: number, items: Array<{ id: string, day: string, kind: BillKind, empty: boolean, lines: number, paid: number, refunded: number, fees: number, comparedAt: string, openDifferences: number }> } };

export type PlatformBillQueryVariables = Exact<{
  id: string;
}>;


export type PlatformBillQuery = { platformBill: { id: string, day: string, kind: BillKind, empty: boolean, lines: number, paid: number, refunded: number, fees: number, comparedAt: string, openDifferences: number, differences: Array<{ id: string, fault: BillFault, subject: BillSubject, number: string, orderId: string | null, ours: number | null, theirs: number | null, ourState: string | null, theirState: string | null, explainedAt: string | null, explainedBy: string | null, note: string | null }> } | null };

export type PlatformExplainDifferenceMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformExplainDifferenceMutation = { platformExplainDifference:
    | { __typename: 'Bill', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformFetchBillMutationVariables = Exact<{
  day: string;
}>;


export type PlatformFetchBillMutation = { platformFetchBill:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CardBatchRowFragment = { id: string, kind: CardBatchKind, state: CardBatchState, name: string, named: boolean, face: number, price: number, total: number, made: number, validMonths: number | null, createdBy: string, createdAt: string, bound: number, liability: number, spent: number, merchant: { id: string, name: string } };

export type ConsoleCardRowFragment = { id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, held: number, expiresAt: string | null, frozenFor: string, holder: string, bought: boolean, createdAt: string };

export type PlatformCardBatchesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformCardBatchesQuery = { platformCardBatches: { total: number, items: Array<{ id: string, kind: CardBatchKind, state: CardBatchState, name: string, named: boolean, face: number, price: number, total: number, made: number, validMonths: number | null, createdBy: string, createdAt: string, bound: number, liability: number, spent: number, merchant: { id: string, name: string } }> } };

export type PlatformCardLiabilityQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformCardLiabilityQuery = { platformCardLiability: { owed: number, booked: number, unbound: number, cards: number, sold: number } };

export type PlatformCardsQueryVariables = Exact<{
  batchId?: string | null | undefined;
  lotId?: string | null | undefined;
  last4?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformCardsQuery = { platformCards: { total: number, items: Array<{ id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, held: number, expiresAt: string | null, frozenFor: string, holder: string, bought: boolean, createdAt: string, events: Array<{ text: string, amount: number, balance: number, createdAt: string }> }> } };

export type CardIssuersQueryVariables = Exact<{ [key: string]: never; }>;


export type CardIssuersQuery = { platformMerchants: { items: Array<{ id: string, name: string, isPlatformOwned: boolean }> } };

export type PlatformOpenCardBatchMutationVariables = Exact<{
  input: CardBatchInput;
}>;


export type PlatformOpenCardBatchMutation = { platformOpenCardBatch:
    | { __typename: 'CardBatch', id: string, kind: CardBatchKind, state: CardBatchState, name: string, named: boolean, face: number, price: number, total: number, made: number, validMonths: number | null, createdBy: string, createdAt: string, bound: number, liability: number, spent: number, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformIssueCardsMutationVariables = Exact<{
  batchId: string;
  count: number;
  idempotencyKey: string;
}>;


export type PlatformIssueCardsMutation = { platformIssueCards:
    | { __typename: 'CardCodes', codes: Array<string> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformStopCardBatchMutationVariables = Exact<{
  id: string;
}>;


export type PlatformStopCardBatchMutation = { platformStopCardBatch:
    | { __typename: 'CardBatch', id: string, kind: CardBatchKind, state: CardBatchState, name: string, named: boolean, face: number, price: number, total: number, made: number, validMonths: number | null, createdBy: string, createdAt: string, bound: number, liability: number, spent: number, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformFreezeCardMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformFreezeCardMutation = { platformFreezeCard:
    | { __typename: 'ConsoleCard', id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, held: number, expiresAt: string | null, frozenFor: string, holder: string, bought: boolean, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformUnfreezeCardMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformUnfreezeCardMutation = { platformUnfreezeCard:
    | { __typename: 'ConsoleCard', id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, held: number, expiresAt: string | null, frozenFor: string, holder: string, bought: boolean, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRefundCardMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformRefundCardMutation = { platformRefundCard:
    | { __typename: 'ConsoleCard', id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, held: number, expiresAt: string | null, frozenFor: string, holder: string, bought: boolean, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CodeLotRowFragment = { id: string, many: number, issuedBy: string, createdAt: string, unbound: number, frozen: number, voided: number, bound: number };

type CodesAnswer_CodesChanged_Fragment = { __typename: 'CodesChanged', count: number };

type CodesAnswer_Refused_Fragment = { __typename: 'Refused', code: string, message: string, field: string | null };

export type CodesAnswerFragment =
  | CodesAnswer_CodesChanged_Fragment
  | CodesAnswer_Refused_Fragment
;

export type PlatformCardLotsQueryVariables = Exact<{
  batchId: string;
  page: number;
  size: number;
}>;


export type PlatformCardLotsQuery = { platformCardLots: { total: number, items: Array<{ id: string, many: number, issuedBy: string, createdAt: string, unbound: number, frozen: number, voided: number, bound: number }> } };

export type PlatformVoucherLotsQueryVariables = Exact<{
  batchId: string;
  page: number;
  size: number;
}>;


export type PlatformVoucherLotsQuery = { platformVoucherLots: { total: number, items: Array<{ id: string, many: number, issuedBy: string, createdAt: string, unbound: number, frozen: number, voided: number, bound: number }> } };

export type MerchantVoucherLotsQueryVariables = Exact<{
  batchId: string;
  page: number;
  size: number;
}>;


export type MerchantVoucherLotsQuery = { merchantVoucherLots: { total: number, items: Array<{ id: string, many: number, issuedBy: string, createdAt: string, unbound: number, frozen: number, voided: number, bound: number }> } };

export type PlatformFreezeCardCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformFreezeCardCodesMutation = { platformFreezeCardCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformThawCardCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformThawCardCodesMutation = { platformThawCardCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformVoidCardCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformVoidCardCodesMutation = { platformVoidCardCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformFreezeVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformFreezeVoucherCodesMutation = { platformFreezeVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformThawVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformThawVoucherCodesMutation = { platformThawVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformVoidVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type PlatformVoidVoucherCodesMutation = { platformVoidVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantFreezeVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type MerchantFreezeVoucherCodesMutation = { merchantFreezeVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantThawVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type MerchantThawVoucherCodesMutation = { merchantThawVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantVoidVoucherCodesMutationVariables = Exact<{
  id?: string | null | undefined;
  lotId?: string | null | undefined;
  reason: string;
}>;


export type MerchantVoidVoucherCodesMutation = { merchantVoidVoucherCodes:
    | { __typename: 'CodesChanged', count: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CommissionRuleFieldsFragment = { id: string, rate: number, since: string, until: string | null, phase: CommissionPhase, note: string, createdBy: string, createdAt: string, merchant: { id: string, name: string } | null, category: { id: string, name: string } | null };

export type PlatformCommissionRulesQueryVariables = Exact<{
  merchantId?: string | null | undefined;
  over: boolean;
  page: number;
  size: number;
}>;


export type PlatformCommissionRulesQuery = { platformCommissionRules: { total: number, items: Array<{ id: string, rate: number, since: string, until: string | null, phase: CommissionPhase, note: string, createdBy: string, createdAt: string, merchant: { id: string, name: string } | null, category: { id: string, name: string } | null }> } };

export type PlatformCommissionPreviewQueryVariables = Exact<{
  orderNumber: string;
  day: string;
}>;


export type PlatformCommissionPreviewQuery = { platformCommissionPreview: { total: number, lines: Array<{ lineId: string, title: string, skuName: string, basis: number, rate: number, ruleId: string | null, kept: number | null, amount: number }> } };

export type MerchantCommissionRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantCommissionRulesQuery = { merchantCommissionRules: Array<{ id: string, rate: number, since: string, until: string | null, phase: CommissionPhase, ofShop: boolean, category: { id: string, name: string } | null }> };

export type PlatformAddCommissionRuleMutationVariables = Exact<{
  input: CommissionRuleInput;
}>;


export type PlatformAddCommissionRuleMutation = { platformAddCommissionRule:
    | { __typename: 'PlatformCommissionRule', id: string, rate: number, since: string, until: string | null, phase: CommissionPhase, note: string, createdBy: string, createdAt: string, merchant: { id: string, name: string } | null, category: { id: string, name: string } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformEndCommissionRuleMutationVariables = Exact<{
  id: string;
  until: string;
  note: string;
}>;


export type PlatformEndCommissionRuleMutation = { platformEndCommissionRule:
    | { __typename: 'PlatformCommissionRule', id: string, rate: number, since: string, until: string | null, phase: CommissionPhase, note: string, createdBy: string, createdAt: string, merchant: { id: string, name: string } | null, category: { id: string, name: string } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type FlashSessionRowFragment = { id: string, name: string, startsAt: string, endsAt: string, payMinutes: number };

export type FlashOfferRowFragment = { id: string, state: FlashOfferState, price: number, listPrice: number, total: number, taken: number, returned: number, perMember: number, reason: string | null, createdAt: string, arrived: number | null, session: { id: string, name: string, startsAt: string, endsAt: string, payMinutes: number }, product: { id: string, title: string }, sku: { id: string, name: string }, results: { sold: number, unpaid: number, freed: number, buyers: number, turnover: number, refunded: number } };

export type FlashSessionChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type FlashSessionChoicesQuery = { flashSessions: Array<{ id: string, name: string, startsAt: string, endsAt: string, payMinutes: number }> };

export type MerchantFlashOffersQueryVariables = Exact<{
  state?: FlashOfferState | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantFlashOffersQuery = { merchantFlashOffers: { total: number, items: Array<{ id: string, state: FlashOfferState, price: number, listPrice: number, total: number, taken: number, returned: number, perMember: number, reason: string | null, createdAt: string, arrived: number | null, session: { id: string, name: string, startsAt: string, endsAt: string, payMinutes: number }, product: { id: string, title: string }, sku: { id: string, name: string }, results: { sold: number, unpaid: number, freed: number, buyers: number, turnover: number, refunded: number } }> } };

export type PlatformFlashOffersQueryVariables = Exact<{
  state?: FlashOfferState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformFlashOffersQuery = { platformFlashOffers: { total: number, items: Array<{ id: string, state: FlashOfferState, price: number, listPrice: number, total: number, taken: number, returned: number, perMember: number, reason: string | null, createdAt: string, arrived: number | null, merchant: { id: string, name: string }, session: { id: string, name: string, startsAt: string, endsAt: string, payMinutes: number }, product: { id: string, title: string }, sku: { id: string, name: string }, results: { sold: number, unpaid: number, freed: number, buyers: number, turnover: number, refunded: number } }> } };

export type PlatformFlashSessionsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformFlashSessionsQuery = { platformFlashSessions: { total: number, items: Array<{ id: string, name: string, startsAt: string, endsAt: string, payMinutes: number }> } };

export type FlashSkuChoicesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type FlashSkuChoicesQuery = { merchantProducts: { items: Array<{ id: string, title: string, skus: Array<{ id: string, name: string, price: number }> }> } };

export type ApplyForFlashMutationVariables = Exact<{
  input: FlashApplicationInput;
}>;


export type ApplyForFlashMutation = { merchantApplyForFlash:
    | { __typename: 'ConsoleFlashOffer', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type WithdrawFlashOfferMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawFlashOfferMutation = { merchantWithdrawFlashOffer:
    | { __typename: 'ConsoleFlashOffer', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SaveFlashSessionMutationVariables = Exact<{
  input: FlashSessionInput;
}>;


export type SaveFlashSessionMutation = { platformSaveFlashSession:
    | { __typename: 'FlashSession', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PublishFlashOfferMutationVariables = Exact<{
  id: string;
}>;


export type PublishFlashOfferMutation = { platformPublishFlashOffer:
    | { __typename: 'ConsoleFlashOffer', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type DeclineFlashOfferMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type DeclineFlashOfferMutation = { platformDeclineFlashOffer:
    | { __typename: 'ConsoleFlashOffer', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type EndFlashOfferMutationVariables = Exact<{
  id: string;
}>;


export type EndFlashOfferMutation = { platformEndFlashOffer:
    | { __typename: 'ConsoleFlashOffer', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type GroupActivityRowFragment = { id: string, name: string, state: GroupActivityState, price: number, listPrice: number, size: number, ttlMinutes: number, perMember: number, stock: number, taken: number, startsAt: string, endsAt: string, product: { id: string, title: string }, sku: { id: string, name: string }, results: { opened: number, succeeded: number, failed: number, merged: number, forming: number, members: number, turnover: number, refunded: number } };

export type GroupRowFragment = { id: string, state: GroupState, size: number, paid: number, paying: number, expiresAt: string, createdAt: string, endedAt: string | null, leader: string };

export type MerchantGroupActivitiesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantGroupActivitiesQuery = { merchantGroupActivities: { total: number, items: Array<{ id: string, name: string, state: GroupActivityState, price: number, listPrice: number, size: number, ttlMinutes: number, perMember: number, stock: number, taken: number, startsAt: string, endsAt: string, product: { id: string, title: string }, sku: { id: string, name: string }, results: { opened: number, succeeded: number, failed: number, merged: number, forming: number, members: number, turnover: number, refunded: number } }> } };

export type PlatformGroupActivitiesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformGroupActivitiesQuery = { platformGroupActivities: { total: number, items: Array<{ id: string, name: string, state: GroupActivityState, price: number, listPrice: number, size: number, ttlMinutes: number, perMember: number, stock: number, taken: number, startsAt: string, endsAt: string, merchant: { id: string, name: string }, product: { id: string, title: string }, sku: { id: string, name: string }, results: { opened: number, succeeded: number, failed: number, merged: number, forming: number, members: number, turnover: number, refunded: number } }> } };

export type MerchantGroupsQueryVariables = Exact<{
  activityId: string;
  page: number;
  size: number;
}>;


export type MerchantGroupsQuery = { merchantGroups: { total: number, items: Array<{ id: string, state: GroupState, size: number, paid: number, paying: number, expiresAt: string, createdAt: string, endedAt: string | null, leader: string }> } };

export type PlatformGroupsQueryVariables = Exact<{
  activityId: string;
  page: number;
  size: number;
}>;


export type PlatformGroupsQuery = { platformGroups: { total: number, items: Array<{ id: string, state: GroupState, size: number, paid: number, paying: number, expiresAt: string, createdAt: string, endedAt: string | null, leader: string }> } };

export type GroupSkuChoicesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type GroupSkuChoicesQuery = { merchantProducts: { items: Array<{ id: string, title: string, skus: Array<{ id: string, name: string, price: number }> }> } };

export type SaveGroupActivityMutationVariables = Exact<{
  input: GroupActivityInput;
}>;


export type SaveGroupActivityMutation = { merchantSaveGroupActivity:
    | { __typename: 'ConsoleGroupActivity', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PublishGroupActivityMutationVariables = Exact<{
  id: string;
}>;


export type PublishGroupActivityMutation = { merchantPublishGroupActivity:
    | { __typename: 'ConsoleGroupActivity', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type StopGroupActivityMutationVariables = Exact<{
  id: string;
}>;


export type StopGroupActivityMutation = { merchantStopGroupActivity:
    | { __typename: 'ConsoleGroupActivity', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type InvoiceRowFragment = { id: string, orderId: string, orderNumber: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null };

export type MerchantInvoicesQueryVariables = Exact<{
  state?: InvoiceState | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantInvoicesQuery = { merchantInvoices: { total: number, items: Array<{ id: string, orderId: string, orderNumber: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null }> } };

export type MerchantIssueInvoiceMutationVariables = Exact<{
  input: IssueInvoiceInput;
}>;


export type MerchantIssueInvoiceMutation = { merchantIssueInvoice:
    | { __typename: 'OrderInvoice', id: string, orderId: string, orderNumber: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantRefuseInvoiceMutationVariables = Exact<{
  input: RefuseInvoiceInput;
}>;


export type MerchantRefuseInvoiceMutation = { merchantRefuseInvoice:
    | { __typename: 'OrderInvoice', id: string, orderId: string, orderNumber: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformTrialBalanceQueryVariables = Exact<{
  since?: string | null | undefined;
  until?: string | null | undefined;
}>;


export type PlatformTrialBalanceQuery = { platformTrialBalance: { debits: number, credits: number, difference: number, rows: Array<{ kind: LedgerAccountKind, accounts: number, opening: number, debits: number, credits: number, closing: number }> } };

export type PlatformLedgerAccountsQueryVariables = Exact<{
  kind: LedgerAccountKind;
  since?: string | null | undefined;
  until?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformLedgerAccountsQuery = { platformLedgerAccounts: { total: number, items: Array<{ id: string, kind: LedgerAccountKind, opening: number, debits: number, credits: number, closing: number, merchant: { id: string, name: string } | null }> } };

export type PlatformLedgerEntriesQueryVariables = Exact<{
  accountId: string;
  since?: string | null | undefined;
  until?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type PlatformLedgerEntriesQuery = { platformLedgerEntries: { nodes: Array<{ at: string, amount: number, transactionId: string, kind: LedgerTransactionKind, memo: string, orderId: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PlatformLedgerTransactionQueryVariables = Exact<{
  id: string;
}>;


export type PlatformLedgerTransactionQuery = { platformLedgerTransaction: { id: string, kind: LedgerTransactionKind, ref: string, memo: string, at: string, createdAt: string, orderId: string | null, sides: Array<{ position: number, account: LedgerAccountKind, amount: number, merchant: { id: string, name: string } | null }> } | null };

export type PlatformLedgerDifferencesQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformLedgerDifferencesQuery = { platformLedgerDifferences: Array<{ id: string, fault: LedgerFault, orderId: string | null, expected: number, found: number }> };

export type MoneyFieldsFragment = { total: number, returned: number, came: Array<{ place: MoneyPlace, amount: number }>, now: Array<{ place: MoneyPlace, amount: number }>, moves: Array<{ id: string, at: string, kind: LedgerTransactionKind, memo: string, source: MoneyPlace, target: MoneyPlace, amount: number }> };

export type PlatformOrderMoneyQueryVariables = Exact<{
  id: string;
}>;


export type PlatformOrderMoneyQuery = { platformOrder: { moneyTrace: { total: number, returned: number, came: Array<{ place: MoneyPlace, amount: number }>, now: Array<{ place: MoneyPlace, amount: number }>, moves: Array<{ id: string, at: string, kind: LedgerTransactionKind, memo: string, source: MoneyPlace, target: MoneyPlace, amount: number }> } } | null };

export type MerchantOrderMoneyQueryVariables = Exact<{
  id: string;
}>;


export type MerchantOrderMoneyQuery = { merchantOrder: { moneyTrace: { total: number, returned: number, came: Array<{ place: MoneyPlace, amount: number }>, now: Array<{ place: MoneyPlace, amount: number }>, moves: Array<{ id: string, at: string, kind: LedgerTransactionKind, memo: string, source: MoneyPlace, target: MoneyPlace, amount: number }> } } | null };

export type ChangeRowFragment = { id: string, productId: string, state: ProductChangeState, askedBy: string, decidedBy: string | null, decidedAt: string | null, note: string, createdAt: string, edits: Array<{ field: string, label: string, before: string, after: string, beforeImages: Array<string>, beforeClip: string | null, afterClip: string | null, afterImages: Array<string> }>, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string } | null } };

export type PlatformChangesQueryVariables = Exact<{
  state?: ProductChangeState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformChangesQuery = { platformChanges: { total: number, items: Array<{ id: string, productId: string, state: ProductChangeState, askedBy: string, decidedBy: string | null, decidedAt: string | null, note: string, createdAt: string, merchant: { id: string, name: string }, edits: Array<{ field: string, label: string, before: string, after: string, beforeImages: Array<string>, beforeClip: string | null, afterClip: string | null, afterImages: Array<string> }>, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string } | null } }> } };

export type MerchantChangesQueryVariables = Exact<{
  state?: ProductChangeState | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantChangesQuery = { merchantChanges: { total: number, items: Array<{ id: string, productId: string, state: ProductChangeState, askedBy: string, decidedBy: string | null, decidedAt: string | null, note: string, createdAt: string, edits: Array<{ field: string, label: string, before: string, after: string, beforeImages: Array<string>, beforeClip: string | null, afterClip: string | null, afterImages: Array<string> }>, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string } | null } }> } };

export type PlatformApplyChangeMutationVariables = Exact<{
  id: string;
}>;


export type PlatformApplyChangeMutation = { platformApplyChange:
    | { __typename: 'ProductChange', id: string, state: ProductChangeState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRejectChangeMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformRejectChangeMutation = { platformRejectChange:
    | { __typename: 'ProductChange', id: string, state: ProductChangeState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantWithdrawChangeMutationVariables = Exact<{
  id: string;
}>;


export type MerchantWithdrawChangeMutation = { merchantWithdrawChange:
    | { __typename: 'ProductChange', id: string, state: ProductChangeState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CategoryAttributesQueryVariables = Exact<{
  categoryId: string;
}>;


export type CategoryAttributesQuery = { categoryAttributes: Array<{ id: string, name: string, kind: AttributeKind, unit: string | null, options: Array<string>, required: boolean }> };

export type MerchantGradesQueryVariables = Exact<{
  categoryId: string;
}>;


export type MerchantGradesQuery = { merchantGrades: Array<string> };

export type MerchantCheckWordsQueryVariables = Exact<{
  input: ListingTextInput;
}>;


export type MerchantCheckWordsQuery = { merchantCheckWords: Array<{ wordId: string, word: string, field: string, reason: string, law: string, blocks: boolean }> };

export type PaperRowFragment = { id: string, merchantId: string, kind: PaperKind, number: string, expiresOn: string | null, state: PaperState, note: string, createdAt: string, picture: { url: string, alt: string } };

export type MerchantPapersQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantPapersQuery = { merchantPapers: Array<{ id: string, merchantId: string, kind: PaperKind, number: string, expiresOn: string | null, state: PaperState, note: string, createdAt: string, picture: { url: string, alt: string } }> };

export type MerchantShowPaperMutationVariables = Exact<{
  input: MerchantPaperInput;
}>;


export type MerchantShowPaperMutation = { merchantShowPaper:
    | { __typename: 'MerchantPaper', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformPapersQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformPapersQuery = { platformPapers: Array<{ id: string, merchantId: string, kind: PaperKind, number: string, expiresOn: string | null, state: PaperState, note: string, createdAt: string, picture: { url: string, alt: string } }> };

export type PlatformDecidePaperMutationVariables = Exact<{
  id: string;
  approve: boolean;
  note: string;
}>;


export type PlatformDecidePaperMutation = { platformDecidePaper:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformCategoryPolicyQueryVariables = Exact<{
  categoryId: string;
}>;


export type PlatformCategoryPolicyQuery = { platformCategoryPolicy: { categoryId: string, blockedReason: string | null, priceFreePercent: number | null, grades: Array<string> | null, papers: Array<{ anyOf: Array<PaperKind>, sellers: Array<MerchantKind>, reason: string }>, attributes: Array<{ id: string, name: string, kind: AttributeKind, unit: string | null, options: Array<string>, required: boolean, filterable: boolean, position: number }> } };

export type PlatformSaveCategoryPolicyMutationVariables = Exact<{
  categoryId: string;
  input: CategoryPolicyInput;
}>;


export type PlatformSaveCategoryPolicyMutation = { platformSaveCategoryPolicy:
    | { __typename: 'CategoryPolicy', categoryId: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSaveAttributeMutationVariables = Exact<{
  id?: string | null | undefined;
  categoryId: string;
  input: AttributeInput;
}>;


export type PlatformSaveAttributeMutation = { platformSaveAttribute:
    | { __typename: 'Attribute', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRetireAttributeMutationVariables = Exact<{
  id: string;
}>;


export type PlatformRetireAttributeMutation = { platformRetireAttribute:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformForbiddenWordsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformForbiddenWordsQuery = { platformForbiddenWords: Array<{ id: string, word: string, reason: string, law: string, severity: WordSeverity, harmlessIn: Array<string>, unlessPaper: PaperKind | null, active: boolean }> };

export type PlatformSaveForbiddenWordMutationVariables = Exact<{
  id?: string | null | undefined;
  input: ForbiddenWordInput;
}>;


export type PlatformSaveForbiddenWordMutation = { platformSaveForbiddenWord:
    | { __typename: 'ForbiddenWord', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformExceptWordMutationVariables = Exact<{
  productId: string;
  wordId: string;
  reason: string;
}>;


export type PlatformExceptWordMutation = { platformExceptWord:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantDraftsQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantDraftsQuery = { merchantDrafts: Array<{ id: string, title: string, body: string, revision: number, updatedAt: string }> };

export type MerchantSuggestListingQueryVariables = Exact<{
  title: string;
}>;


export type MerchantSuggestListingQuery = { merchantSuggestListing: { categoryId: string | null, categoryName: string, originCode: string | null, originName: string, grade: string, storage: StorageClass | null, returnClass: ReturnClass | null, reason: string } };

export type MerchantSaveDraftMutationVariables = Exact<{
  id: string;
  revision: number;
  title: string;
  body: string;
}>;


export type MerchantSaveDraftMutation = { merchantSaveDraft:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantDropDraftMutationVariables = Exact<{
  id: string;
}>;


export type MerchantDropDraftMutation = { merchantDropDraft:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantCopyProductMutationVariables = Exact<{
  id: string;
}>;


export type MerchantCopyProductMutation = { merchantCopyProduct:
    | { __typename: 'Product', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantBatchGoodsQueryVariables = Exact<{
  page: number;
}>;


export type MerchantBatchGoodsQuery = { merchantStock: { total: number, items: Array<{ actual: number, held: number, sku: { id: string, name: string, price: number, active: boolean, product: { id: string, title: string } } }> } };

export type MerchantPreviewBatchQueryVariables = Exact<{
  rows: Array<BatchRowInput> | BatchRowInput;
}>;


export type MerchantPreviewBatchQuery = { merchantPreviewBatch: Array<{ skuId: string, productTitle: string, skuName: string, oldPrice: number | null, newPrice: number | null, oldStock: number | null, newStock: number | null, effect: BatchEffect, problem: { code: string, message: string } | null }> };

export type MerchantApplyBatchMutationVariables = Exact<{
  rows: Array<BatchRowInput> | BatchRowInput;
}>;


export type MerchantApplyBatchMutation = { merchantApplyBatch: Array<{ skuId: string, productTitle: string, skuName: string, oldPrice: number | null, newPrice: number | null, oldStock: number | null, newStock: number | null, effect: BatchEffect, problem: { code: string, message: string } | null }> };

export type BatchRowFieldsFragment = { skuId: string, productTitle: string, skuName: string, oldPrice: number | null, newPrice: number | null, oldStock: number | null, newStock: number | null, effect: BatchEffect, problem: { code: string, message: string } | null };

export type PieceAlarmRowFragment = { id: string, serial: number, score: number, scans: number, state: PieceAlarmState, createdAt: string, decidedAt: string | null, decidedBy: string | null, note: string, points: Array<{ rule: CopyRule, points: number }>, lot: { id: string, number: string, productName: string }, places: Array<{ looks: number, regionCode: string | null, region: { code: string, fullName: string } | null }> };

export type PlatformPieceAlarmsQueryVariables = Exact<{
  state?: PieceAlarmState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformPieceAlarmsQuery = { platformPieceAlarms: { total: number, items: Array<{ id: string, serial: number, score: number, scans: number, state: PieceAlarmState, createdAt: string, decidedAt: string | null, decidedBy: string | null, note: string, points: Array<{ rule: CopyRule, points: number }>, lot: { id: string, number: string, productName: string }, places: Array<{ looks: number, regionCode: string | null, region: { code: string, fullName: string } | null }> }> } };

export type MerchantPieceAlarmsQueryVariables = Exact<{
  state?: PieceAlarmState | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantPieceAlarmsQuery = { merchantPieceAlarms: { total: number, items: Array<{ id: string, serial: number, score: number, scans: number, state: PieceAlarmState, createdAt: string, decidedAt: string | null, decidedBy: string | null, note: string, points: Array<{ rule: CopyRule, points: number }>, lot: { id: string, number: string, productName: string }, places: Array<{ looks: number, regionCode: string | null, region: { code: string, fullName: string } | null }> }> } };

export type PlatformDecidePieceAlarmMutationVariables = Exact<{
  id: string;
  copied: boolean;
  note: string;
}>;


export type PlatformDecidePieceAlarmMutation = { platformDecidePieceAlarm:
    | { __typename: 'PieceAlarm', id: string, serial: number, score: number, scans: number, state: PieceAlarmState, createdAt: string, decidedAt: string | null, decidedBy: string | null, note: string, points: Array<{ rule: CopyRule, points: number }>, lot: { id: string, number: string, productName: string }, places: Array<{ looks: number, regionCode: string | null, region: { code: string, fullName: string } | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type LotRowFragment = { id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, origin: { code: string, fullName: string } };

export type LotWholeFragment = { producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } };

export type MerchantLotsQueryVariables = Exact<{
  text?: string | null | undefined;
  state?: LotState | null | undefined;
  productId?: string | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantLotsQuery = { merchantLots: { total: number, items: Array<{ id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, origin: { code: string, fullName: string } }> } };

export type MerchantLotQueryVariables = Exact<{
  id: string;
}>;


export type MerchantLotQuery = { merchantLot: { producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } } | null };

export type LotProductsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type LotProductsQuery = { merchantProducts: { items: Array<{ id: string, title: string, origin: { code: string } }> } };

export type MerchantOpenLotMutationVariables = Exact<{
  input: LotInput;
}>;


export type MerchantOpenLotMutation = { merchantOpenLot:
    | { __typename: 'Lot', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantRecordTraceMutationVariables = Exact<{
  lotId: string;
  input: TraceEventInput;
}>;


export type MerchantRecordTraceMutation = { merchantRecordTrace:
    | { __typename: 'Lot', producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantMoveLotMutationVariables = Exact<{
  id: string;
  step: LotStep;
  reason: string;
}>;


export type MerchantMoveLotMutation = { merchantMoveLot:
    | { __typename: 'Lot', producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantTraceSkuMutationVariables = Exact<{
  lotId: string;
  skuId: string;
}>;


export type MerchantTraceSkuMutation = { merchantTraceSku:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformLotsQueryVariables = Exact<{
  text?: string | null | undefined;
  state?: LotState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformLotsQuery = { platformLots: { total: number, items: Array<{ id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, origin: { code: string, fullName: string } }> } };

export type PlatformLotQueryVariables = Exact<{
  id: string;
}>;


export type PlatformLotQuery = { platformLot: { producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } } | null };

export type PlatformMoveLotMutationVariables = Exact<{
  id: string;
  step: LotStep;
  reason: string;
}>;


export type PlatformMoveLotMutation = { platformMoveLot:
    | { __typename: 'Lot', producer: string, latitude: number | null, longitude: number | null, id: string, number: string, productId: string, productName: string, plot: string, grade: string, state: LotState, stateReason: string, heldByPlatform: boolean, harvestedOn: string | null, bestBefore: string | null, harvestedGrams: number, shrinkGrams: number, allocatedGrams: number, createdAt: string, merchant: { id: string, name: string }, shelves: Array<{ skuId: string, unitGrams: number, added: number, lost: number, shipped: number, blocked: number, left: number, sku: { id: string, name: string } }>, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PieceBatchRowFragment = { id: string, pieces: number, madeBy: string, createdAt: string, figures: { scanned: number, scans: number } };

export type MerchantPieceBatchesQueryVariables = Exact<{
  lotId: string;
}>;


export type MerchantPieceBatchesQuery = { merchantPieceBatches: Array<{ id: string, pieces: number, madeBy: string, createdAt: string, figures: { scanned: number, scans: number } }> };

export type MerchantMakePiecesMutationVariables = Exact<{
  lotId: string;
  piecesWanted: number;
  requestKey: string;
}>;


export type MerchantMakePiecesMutation = { merchantMakePieces:
    | { __typename: 'PieceBatches', batches: Array<{ id: string, pieces: number, madeBy: string, createdAt: string, figures: { scanned: number, scans: number } }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantTakePieceCodesMutationVariables = Exact<{
  batchId: string;
  start: number;
  count: number;
}>;


export type MerchantTakePieceCodesMutation = { merchantTakePieceCodes:
    | { __typename: 'PieceCodes', start: number, codes: Array<string> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRecallPlanQueryVariables = Exact<{
  lotId: string;
}>;


export type PlatformRecallPlanQuery = { platformRecallPlan: { orders: number, buyers: number, unitsSent: number, unitsLeft: number, worth: number } };

export type RecallRowFragment = { id: string, lotId: string, reason: string, state: RecallState, startedBy: string, createdAt: string, finishedAt: string | null, lot: { id: string, number: string, productName: string }, figures: { orders: number, done: number, failed: number, units: number, refunded: number } };

export type PlatformRecallsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformRecallsQuery = { platformRecalls: { total: number, items: Array<{ id: string, lotId: string, reason: string, state: RecallState, startedBy: string, createdAt: string, finishedAt: string | null, lot: { id: string, number: string, productName: string }, figures: { orders: number, done: number, failed: number, units: number, refunded: number } }> } };

export type PlatformStartRecallMutationVariables = Exact<{
  lotId: string;
  reason: string;
}>;


export type PlatformStartRecallMutation = { platformStartRecall:
    | { __typename: 'Recall', id: string, lotId: string, reason: string, state: RecallState, startedBy: string, createdAt: string, finishedAt: string | null, lot: { id: string, number: string, productName: string }, figures: { orders: number, done: number, failed: number, units: number, refunded: number } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRetryRecallMutationVariables = Exact<{
  id: string;
}>;


export type PlatformRetryRecallMutation = { platformRetryRecall:
    | { __typename: 'Recall', id: string, lotId: string, reason: string, state: RecallState, startedBy: string, createdAt: string, finishedAt: string | null, lot: { id: string, number: string, productName: string }, figures: { orders: number, done: number, failed: number, units: number, refunded: number } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type FreightRuleRowFragment = { deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> };

export type FreightRowFragment = { id: string, name: string, unit: FreightUnit, isDefault: boolean, coldFee: number, coldFrom: number, coldTo: number, packGrams: number | null, packFee: number | null, productCount: number, version: number, updatedAt: string, defaultRule: { deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }, rules: Array<{ deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }>, frees: Array<{ fromQuantity: number | null, fromAmount: number | null, places: Array<{ code: string, name: string }> }> };

export type MerchantFreightQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantFreightQuery = { merchantFreightTemplates: Array<{ id: string, name: string, unit: FreightUnit, isDefault: boolean, coldFee: number, coldFrom: number, coldTo: number, packGrams: number | null, packFee: number | null, productCount: number, version: number, updatedAt: string, defaultRule: { deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }, rules: Array<{ deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }>, frees: Array<{ fromQuantity: number | null, fromAmount: number | null, places: Array<{ code: string, name: string }> }> }> };

export type FreightChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type FreightChoicesQuery = { merchantFreightTemplates: Array<{ id: string, name: string, isDefault: boolean }> };

export type FreightProvincesQueryVariables = Exact<{ [key: string]: never; }>;


export type FreightProvincesQuery = { provinces: Array<{ code: string, name: string, fullName: string }> };

export type FreightPlacesQueryVariables = Exact<{
  parent: string;
}>;


export type FreightPlacesQuery = { regions: Array<{ code: string, name: string, fullName: string, level: RegionLevel }> };

export type TryFreightQueryVariables = Exact<{
  template: FreightTemplateInput;
  trial: FreightTrialInput;
}>;


export type TryFreightQuery = { merchantTryFreight:
    | { __typename: 'FreightQuote', fee: number | null, reason: string, steps: Array<{ label: string, amount: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SaveFreightMutationVariables = Exact<{
  id?: string | null | undefined;
  version?: number | null | undefined;
  template: FreightTemplateInput;
}>;


export type SaveFreightMutation = { merchantSaveFreightTemplate:
    | { __typename: 'FreightTemplate', id: string, name: string, unit: FreightUnit, isDefault: boolean, coldFee: number, coldFrom: number, coldTo: number, packGrams: number | null, packFee: number | null, productCount: number, version: number, updatedAt: string, defaultRule: { deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }, rules: Array<{ deliverable: boolean, reason: string, first: number | null, firstFee: number | null, step: number | null, stepFee: number | null, places: Array<{ code: string, name: string }> }>, frees: Array<{ fromQuantity: number | null, fromAmount: number | null, places: Array<{ code: string, name: string }> }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SetDefaultFreightMutationVariables = Exact<{
  id: string;
}>;


export type SetDefaultFreightMutation = { merchantSetDefaultFreightTemplate:
    | { __typename: 'FreightTemplate', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type DeleteFreightMutationVariables = Exact<{
  id: string;
}>;


export type DeleteFreightMutation = { merchantDeleteFreightTemplate:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantOrdersQueryVariables = Exact<{
  filter?: ConsoleOrderFilter | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantOrdersQuery = { merchantOrders: { total: number, items: Array<{ id: string, number: string, state: OrderState, total: number, buyerName: string, remark: string, createdAt: string, paidAt: string | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, toShip: number, image: { url: string, alt: string } | null }> }> } };

export type MerchantOrderQueryVariables = Exact<{
  id: string;
}>;


export type MerchantOrderQuery = { merchantOrder: { id: string, number: string, state: OrderState, closeReason: CloseReason | null, total: number, remark: string, buyerName: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, trade: { id: string, number: string, state: TradeState, total: number }, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, weight: number, returnClass: ReturnClass, shippedQuantity: number, withdrawnQuantity: number, toShip: number, image: { url: string, alt: string } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, signedAt: string | null, upload: UploadState, uploadNote: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } | null };

export type OrdersToShipQueryVariables = Exact<{
  filter?: ConsoleOrderFilter | null | undefined;
  page: number;
  size: number;
}>;


export type OrdersToShipQuery = { merchantOrders: { total: number, items: Array<{ id: string, number: string, state: OrderState }> } };

export type PackingSlipFieldsFragment = { id: string, number: string, state: OrderState, createdAt: string, paidAt: string | null, remark: string, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, merchant: { name: string, region: { fullName: string } }, lines: Array<{ id: string, title: string, skuName: string, quantity: number, weight: number, toShip: number }>, shipments: Array<{ id: string, trackingNumber: string, carrier: { name: string } }> };

export type PackingSlipsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type PackingSlipsQuery = { merchantOrders: { items: Array<{ id: string, number: string, state: OrderState, createdAt: string, paidAt: string | null, remark: string, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, merchant: { name: string, region: { fullName: string } }, lines: Array<{ id: string, title: string, skuName: string, quantity: number, weight: number, toShip: number }>, shipments: Array<{ id: string, trackingNumber: string, carrier: { name: string } }> }> } };

export type MerchantShipOrderMutationVariables = Exact<{
  input: ShipInput;
}>;


export type MerchantShipOrderMutation = { merchantShipOrder:
    | { __typename: 'Order', id: string, state: OrderState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantShipOrdersMutationVariables = Exact<{
  inputs: Array<ShipInput> | ShipInput;
}>;


export type MerchantShipOrdersMutation = { merchantShipOrders: Array<{ orderId: string, order: { id: string, state: OrderState } | null, problem: { code: string, message: string, field: string | null } | null }> };

export type MerchantCorrectTrackingMutationVariables = Exact<{
  input: CorrectTrackingInput;
}>;


export type MerchantCorrectTrackingMutation = { merchantCorrectTracking:
    | { __typename: 'Order', id: string, version: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantRefundOrderMutationVariables = Exact<{
  orderId: string;
  reason: string;
  restock: boolean;
}>;


export type MerchantRefundOrderMutation = { merchantRefundOrder:
    | { __typename: 'Order', id: string, state: OrderState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantOrderChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MerchantOrderChangedSubscription = { merchantOrderChanged: { id: string, version: number } };

export type MerchantOverviewQueryVariables = Exact<{
  days: number;
}>;


export type MerchantOverviewQuery = { merchantOverview: { todayOrders: number, todaySales: number, toShip: number, lowStock: number, onSale: number, days: Array<{ day: string, orders: number, sales: number }>, states: Array<{ state: OrderState, count: number }>, topProducts: Array<{ id: string, name: string, orders: number, sales: number }> } };

export type MerchantProductsQueryVariables = Exact<{
  filter?: ConsoleProductFilter | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantProductsQuery = { merchantProducts: { total: number, items: Array<{ id: string, title: string, subtitle: string, state: ProductState, reviewNote: string | null, pendingChangeId: string | null, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, publishedAt: string | null, category: { id: string, name: string }, origin: { code: string, name: string }, cover: { url: string, alt: string } | null }> } };

export type CategoryChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoryChoicesQuery = { categories: Array<{ id: string, name: string, children: Array<{ id: string, name: string }> }> };

export type BrandChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type BrandChoicesQuery = { brands: Array<{ id: string, name: string, merchantId: string | null }> };

export type RegionChildrenQueryVariables = Exact<{
  parent?: string | null | undefined;
}>;


export type RegionChildrenQuery = { regions: Array<{ code: string, name: string, level: RegionLevel }> };

export type RegionOfQueryVariables = Exact<{
  code: string;
}>;


export type RegionOfQuery = { region: { code: string, name: string, level: RegionLevel, parentCode: string | null } | null };

export type ProductFormFieldsFragment = { id: string, title: string, subtitle: string, description: string, state: ProductState, reviewNote: string | null, categoryId: string, originCode: string, storage: StorageClass, returnClass: ReturnClass, freightTemplateId: string | null, shelfLifeDays: number | null, harvestFrom: number | null, harvestTo: number | null, harvestFromDay: number | null, shipsFrom: string | null, grade: string, soldBy: SoldBy, tolerancePercent: number | null, pendingChangeId: string | null, version: number, attributes: Array<{ attributeId: string, value: string }>, brand: { id: string } | null, images: Array<{ url: string, alt: string, focusX: number, focusY: number }>, clip: { url: string, milliseconds: number } | null, clipPoster: { url: string } | null, skus: Array<{ id: string, name: string, price: number, marketWanted: number | null, marketWantedBasis: MarketBasis | null, marketSource: string, marketHidden: string | null, weight: number, grossWeight: number, length: number | null, width: number | null, height: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean }> };

export type MerchantProductQueryVariables = Exact<{
  id: string;
}>;


export type MerchantProductQuery = { merchantProduct: { id: string, title: string, subtitle: string, description: string, state: ProductState, reviewNote: string | null, categoryId: string, originCode: string, storage: StorageClass, returnClass: ReturnClass, freightTemplateId: string | null, shelfLifeDays: number | null, harvestFrom: number | null, harvestTo: number | null, harvestFromDay: number | null, shipsFrom: string | null, grade: string, soldBy: SoldBy, tolerancePercent: number | null, pendingChangeId: string | null, version: number, attributes: Array<{ attributeId: string, value: string }>, brand: { id: string } | null, images: Array<{ url: string, alt: string, focusX: number, focusY: number }>, clip: { url: string, milliseconds: number } | null, clipPoster: { url: string } | null, skus: Array<{ id: string, name: string, price: number, marketWanted: number | null, marketWantedBasis: MarketBasis | null, marketSource: string, marketHidden: string | null, weight: number, grossWeight: number, length: number | null, width: number | null, height: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean }> } | null };

export type MerchantPriceHistoryQueryVariables = Exact<{
  skuId: string;
}>;


export type MerchantPriceHistoryQuery = { merchantPriceHistory: Array<{ since: string, price: number | null }> };

export type MerchantSaveProductMutationVariables = Exact<{
  id?: string | null | undefined;
  input: ProductInput;
}>;


export type MerchantSaveProductMutation = { merchantSaveProduct:
    | { __typename: 'Product', id: string, title: string, subtitle: string, description: string, state: ProductState, reviewNote: string | null, categoryId: string, originCode: string, storage: StorageClass, returnClass: ReturnClass, freightTemplateId: string | null, shelfLifeDays: number | null, harvestFrom: number | null, harvestTo: number | null, harvestFromDay: number | null, shipsFrom: string | null, grade: string, soldBy: SoldBy, tolerancePercent: number | null, pendingChangeId: string | null, version: number, attributes: Array<{ attributeId: string, value: string }>, brand: { id: string } | null, images: Array<{ url: string, alt: string, focusX: number, focusY: number }>, clip: { url: string, milliseconds: number } | null, clipPoster: { url: string } | null, skus: Array<{ id: string, name: string, price: number, marketWanted: number | null, marketWantedBasis: MarketBasis | null, marketSource: string, marketHidden: string | null, weight: number, grossWeight: number, length: number | null, width: number | null, height: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantMoveProductMutationVariables = Exact<{
  id: string;
  step: MerchantProductStep;
}>;


export type MerchantMoveProductMutation = { merchantMoveProduct:
    | { __typename: 'Product', id: string, state: ProductState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantStockQueryVariables = Exact<{
  text?: string | null | undefined;
  lowOnly: boolean;
  page: number;
  size: number;
}>;


export type MerchantStockQuery = { merchantStock: { total: number, items: Array<{ actual: number, held: number, available: number, lowAt: number, version: number, tracedSince: string | null, sku: { id: string, name: string, active: boolean, product: { id: string, title: string, cover: { url: string, alt: string } | null } } }> } };

export type StockRowFragment = { actual: number, held: number, available: number, lowAt: number, version: number, tracedSince: string | null, sku: { id: string, name: string, active: boolean, product: { id: string, title: string, cover: { url: string, alt: string } | null } } };

export type MerchantStockMovesQueryVariables = Exact<{
  skuId: string;
}>;


export type MerchantStockMovesQuery = { merchantStockMoves: Array<{ at: string, delta: number, reason: string, reference: string | null, actor: string | null }> };

export type MerchantStockHistoryQueryVariables = Exact<{
  text?: string | null | undefined;
  kind?: StockMoveKind | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantStockHistoryQuery = { merchantStockHistory: { total: number, items: Array<{ at: string, delta: number, reason: string, reference: string | null, actor: string | null, sku: { id: string, name: string, product: { id: string, title: string } } }> } };

export type LowStockCountQueryVariables = Exact<{ [key: string]: never; }>;


export type LowStockCountQuery = { merchantStock: { total: number } };

export type MerchantAdjustStockMutationVariables = Exact<{
  skuId: string;
  delta: number;
  reason: StockReason;
  note: string;
  version: number;
  lotId?: string | null | undefined;
}>;


export type MerchantAdjustStockMutation = { merchantAdjustStock:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'StockItem', actual: number, held: number, available: number, lowAt: number, version: number, tracedSince: string | null, sku: { id: string, name: string, active: boolean, product: { id: string, title: string, cover: { url: string, alt: string } | null } } }
   };

export type MerchantSetLowStockMutationVariables = Exact<{
  skuId: string;
  lowAt: number;
}>;


export type MerchantSetLowStockMutation = { merchantSetLowStock:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'StockItem', actual: number, held: number, available: number, lowAt: number, version: number, tracedSince: string | null, sku: { id: string, name: string, active: boolean, product: { id: string, title: string, cover: { url: string, alt: string } | null } } }
   };

export type NoticeRowFragment = { id: string, kind: NoticeKind, title: string, text: string, subjectId: string | null, createdAt: string, readAt: string | null, readBy: string | null };

export type MerchantNoticesQueryVariables = Exact<{
  unreadOnly: boolean;
  page: number;
  size: number;
}>;


export type MerchantNoticesQuery = { merchantNotices: { total: number, unread: number, items: Array<{ id: string, kind: NoticeKind, title: string, text: string, subjectId: string | null, createdAt: string, readAt: string | null, readBy: string | null }> } };

export type PlatformNoticesQueryVariables = Exact<{
  unreadOnly: boolean;
  page: number;
  size: number;
}>;


export type PlatformNoticesQuery = { platformNotices: { total: number, unread: number, items: Array<{ id: string, kind: NoticeKind, title: string, text: string, subjectId: string | null, createdAt: string, readAt: string | null, readBy: string | null }> } };

export type MerchantReadNoticesMutationVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
}>;


export type MerchantReadNoticesMutation = { merchantReadNotices:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformReadNoticesMutationVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
}>;


export type PlatformReadNoticesMutation = { platformReadNotices:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantNoticeArrivedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MerchantNoticeArrivedSubscription = { merchantNoticeArrived: { id: string } };

export type PlatformNoticeArrivedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type PlatformNoticeArrivedSubscription = { platformNoticeArrived: { id: string } };

export type OrderRowFragment = { id: string, number: string, state: OrderState, total: number, buyerName: string, remark: string, createdAt: string, paidAt: string | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, toShip: number, image: { url: string, alt: string } | null }> };

export type OrderDetailFieldsFragment = { id: string, number: string, state: OrderState, closeReason: CloseReason | null, total: number, remark: string, buyerName: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, trade: { id: string, number: string, state: TradeState, total: number }, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, weight: number, returnClass: ReturnClass, shippedQuantity: number, withdrawnQuantity: number, toShip: number, image: { url: string, alt: string } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, signedAt: string | null, upload: UploadState, uploadNote: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> };

export type ParcelStoryFragment = { id: string, shipments: Array<{ id: string, traces: Array<{ at: string, text: string, place: string, state: TrackState | null }> }> };

export type MerchantParcelsQueryVariables = Exact<{
  id: string;
}>;


export type MerchantParcelsQuery = { merchantOrder: { id: string, shipments: Array<{ id: string, traces: Array<{ at: string, text: string, place: string, state: TrackState | null }> }> } | null };

export type PlatformParcelsQueryVariables = Exact<{
  id: string;
}>;


export type PlatformParcelsQuery = { platformOrder: { id: string, shipments: Array<{ id: string, traces: Array<{ at: string, text: string, place: string, state: TrackState | null }> }> } | null };

export type CarriersQueryVariables = Exact<{ [key: string]: never; }>;


export type CarriersQuery = { carriers: Array<{ code: string, name: string }> };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type OrderChangedSubscription = { orderChanged: { id: string, number: string, state: OrderState, closeReason: CloseReason | null, total: number, remark: string, buyerName: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, trade: { id: string, number: string, state: TradeState, total: number }, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, weight: number, returnClass: ReturnClass, shippedQuantity: number, withdrawnQuantity: number, toShip: number, image: { url: string, alt: string } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, signedAt: string | null, upload: UploadState, uploadNote: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } };

export type PriceTreeRowFragment = { level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null };

export type MerchantOrderPriceQueryVariables = Exact<{
  id: string;
}>;


export type MerchantOrderPriceQuery = { merchantOrder: { id: string, priceTrace: Array<{ level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null }> } | null };

export type PlatformOrderPriceQueryVariables = Exact<{
  id: string;
}>;


export type PlatformOrderPriceQuery = { platformOrder: { id: string, priceTrace: Array<{ level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null }> } | null };

export type PickupFieldsFragment = { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null };

export type PickupPointRowFragment = { id: string, name: string, regionCode: string, regionName: string, detail: string, hours: string, phone: string, closed: boolean };

export type PickupOrderFragment = { id: string, number: string, state: OrderState, buyerName: string, remark: string, pickupPoint: { name: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, withdrawnQuantity: number }> };

export type MerchantPickupPointsQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantPickupPointsQuery = { merchantPickupPoints: Array<{ id: string, name: string, regionCode: string, regionName: string, detail: string, hours: string, phone: string, closed: boolean }> };

export type WaitingPickupsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type WaitingPickupsQuery = { merchantOrders: { total: number, items: Array<{ id: string, number: string, state: OrderState, buyerName: string, remark: string, pickupPoint: { name: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, withdrawnQuantity: number }> }> } };

export type SavePickupPointMutationVariables = Exact<{
  id?: string | null | undefined;
  input: PickupPointInput;
}>;


export type SavePickupPointMutation = { merchantSavePickupPoint:
    | { __typename: 'PickupPoint', id: string, name: string, regionCode: string, regionName: string, detail: string, hours: string, phone: string, closed: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ClosePickupPointMutationVariables = Exact<{
  id: string;
}>;


export type ClosePickupPointMutation = { merchantClosePickupPoint:
    | { __typename: 'PickupPoint', id: string, name: string, regionCode: string, regionName: string, detail: string, hours: string, phone: string, closed: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type FindPickupMutationVariables = Exact<{
  code: string;
}>;


export type FindPickupMutation = { merchantFindPickup:
    | { __typename: 'Order', id: string, number: string, state: OrderState, buyerName: string, remark: string, pickupPoint: { name: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, withdrawnQuantity: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type HandOverMutationVariables = Exact<{
  code: string;
}>;


export type HandOverMutation = { merchantHandOver:
    | { __typename: 'Order', id: string, number: string, state: OrderState, buyerName: string, remark: string, pickupPoint: { name: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, withdrawnQuantity: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ClashFieldsFragment = { id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string };

export type PlanFieldsFragment = { id: string, kind: CampaignKind, name: string, draft: boolean, startsAt: string, endsAt: string, product: { id: string, title: string } | null, clashes: Array<{ id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string }> };

export type MerchantCampaignCalendarQueryVariables = Exact<{
  since: string;
  until: string;
}>;


export type MerchantCampaignCalendarQuery = { merchantCampaignCalendar: { truncated: boolean, plans: Array<{ id: string, kind: CampaignKind, name: string, draft: boolean, startsAt: string, endsAt: string, product: { id: string, title: string } | null, clashes: Array<{ id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string }> }> } };

export type PlatformCampaignCalendarQueryVariables = Exact<{
  since: string;
  until: string;
}>;


export type PlatformCampaignCalendarQuery = { platformCampaignCalendar: { truncated: boolean, plans: Array<{ id: string, kind: CampaignKind, name: string, draft: boolean, startsAt: string, endsAt: string, merchant: { id: string, name: string } | null, product: { id: string, title: string } | null, clashes: Array<{ id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string }> }> } };

export type MerchantPlanClashesQueryVariables = Exact<{
  kind: CampaignKind;
  id: string;
}>;


export type MerchantPlanClashesQuery = { merchantPlanClashes: Array<{ id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string }> };

export type PlatformPlanClashesQueryVariables = Exact<{
  kind: CampaignKind;
  id: string;
}>;


export type PlatformPlanClashesQuery = { platformPlanClashes: Array<{ id: string, kind: CampaignKind, name: string, startsAt: string, endsAt: string, why: string }> };

export type PlatformCatalogQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformCatalogQuery = { categories: Array<{ id: string, name: string, icon: string | null, parentId: string | null, position: number, productCount: number, children: Array<{ id: string, name: string, icon: string | null, parentId: string | null, position: number, productCount: number }> }> };

export type CategoryRowFragment = { id: string, name: string, icon: string | null, parentId: string | null, position: number, productCount: number };

export type PlatformBrandsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformBrandsQuery = { brands: Array<{ id: string, name: string, story: string, merchantId: string | null, productCount: number, logo: { url: string } | null }> };

export type PlatformOriginsQueryVariables = Exact<{
  code: string;
}>;


export type PlatformOriginsQuery = { origin: { code: string, story: string, productCount: number, parts: Array<{ code: string, story: string, productCount: number, parts: Array<{ code: string, story: string, productCount: number, picture: { url: string } | null, region: { code: string, name: string, level: RegionLevel } }>, picture: { url: string } | null, region: { code: string, name: string, level: RegionLevel } }>, picture: { url: string } | null, region: { code: string, name: string, level: RegionLevel } } | null };

export type OriginRowFragment = { code: string, story: string, productCount: number, picture: { url: string } | null, region: { code: string, name: string, level: RegionLevel } };

export type PlatformSaveCategoryMutationVariables = Exact<{
  id?: string | null | undefined;
  name: string;
  parentId?: string | null | undefined;
  icon?: string | null | undefined;
  position: number;
}>;


export type PlatformSaveCategoryMutation = { platformSaveCategory:
    | { __typename: 'Category', id: string, name: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSaveBrandMutationVariables = Exact<{
  id?: string | null | undefined;
  name: string;
  story: string;
  logoKey: string;
}>;


export type PlatformSaveBrandMutation = { platformSaveBrand:
    | { __typename: 'Brand', id: string, name: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSaveOriginMutationVariables = Exact<{
  code: string;
  story: string;
  pictureKey: string;
}>;


export type PlatformSaveOriginMutation = { platformSaveOrigin:
    | { __typename: 'Origin', code: string, story: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformMerchantsQueryVariables = Exact<{
  text?: string | null | undefined;
  state?: MerchantState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformMerchantsQuery = { platformMerchants: { total: number, items: Array<{ id: string, name: string, slug: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string } | null, region: { code: string, fullName: string } }> } };

export type MerchantRowFragment = { id: string, name: string, slug: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string } | null, region: { code: string, fullName: string } };

export type PlatformSuspendMerchantMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformSuspendMerchantMutation = { platformSuspendMerchant:
    | { __typename: 'Merchant', id: string, name: string, slug: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string } | null, region: { code: string, fullName: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformReopenMerchantMutationVariables = Exact<{
  id: string;
}>;


export type PlatformReopenMerchantMutation = { platformReopenMerchant:
    | { __typename: 'Merchant', id: string, name: string, slug: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string } | null, region: { code: string, fullName: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantChoicesQuery = { platformMerchants: { items: Array<{ id: string, name: string }> } };

export type PlatformDeadJobsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformDeadJobsQuery = { platformDeadJobs: Array<{ id: string, name: string, payload: string, error: string, attempts: number, failedAt: string }> };

export type PlatformRequeueJobMutationVariables = Exact<{
  id: string;
}>;


export type PlatformRequeueJobMutation = { platformRequeueJob:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSearchStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformSearchStatusQuery = { platformSearchStatus: { engine: string, healthy: boolean, documents: number, productsOnSale: number, lagSeconds: number, pendingEvents: number, rebuilding: boolean } };

export type PlatformRebuildSearchMutationVariables = Exact<{ [key: string]: never; }>;


export type PlatformRebuildSearchMutation = { platformRebuildSearch:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformAuditQueryVariables = Exact<{
  text?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformAuditQuery = { platformAudit: { total: number, items: Array<{ id: string, at: string, actor: string, actorKind: ActorKind, action: string, subject: string, detail: string }> } };

export type PlatformStaffQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformStaffQuery = { platformStaff: Array<{ id: string, login: string, name: string, kind: StaffKind, role: string, active: boolean, totpEnabled: boolean, lastLoginAt: string | null, merchant: { id: string, name: string } | null }> };

export type PlatformOrdersQueryVariables = Exact<{
  filter?: ConsoleOrderFilter | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformOrdersQuery = { platformOrders: { total: number, items: Array<{ id: string, number: string, state: OrderState, total: number, buyerName: string, remark: string, createdAt: string, paidAt: string | null, merchant: { id: string, name: string }, lines: Array<{ id: string, title: string, skuName: string, quantity: number, toShip: number, image: { url: string, alt: string } | null }> }> } };

export type PlatformOrderQueryVariables = Exact<{
  id: string;
}>;


export type PlatformOrderQuery = { platformOrder: { id: string, number: string, state: OrderState, closeReason: CloseReason | null, total: number, remark: string, buyerName: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, trade: { id: string, number: string, state: TradeState, total: number }, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { name: string, regionName: string, detail: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, handedOverBy: string | null } | null, lines: Array<{ id: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, weight: number, returnClass: ReturnClass, shippedQuantity: number, withdrawnQuantity: number, toShip: number, image: { url: string, alt: string } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, signedAt: string | null, upload: UploadState, uploadNote: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } | null };

export type PlatformRefundOrderMutationVariables = Exact<{
  orderId: string;
  reason: string;
  restock: boolean;
}>;


export type PlatformRefundOrderMutation = { platformRefundOrder:
    | { __typename: 'Order', id: string, state: OrderState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformOrderLimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformOrderLimitsQuery = { platformOrderLimits: { mostUnpaid: number, mostPieces: number } };

export type PlatformSetOrderLimitsMutationVariables = Exact<{
  mostUnpaid: number;
  mostPieces: number;
}>;


export type PlatformSetOrderLimitsMutation = { platformSetOrderLimits:
    | { __typename: 'OrderLimits', mostUnpaid: number, mostPieces: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformOverviewQueryVariables = Exact<{
  days: number;
}>;


export type PlatformOverviewQuery = { platformOverview: { todayOrders: number, todaySales: number, members: number, merchants: number, productsOnSale: number, toShip: number, days: Array<{ day: string, orders: number, sales: number }>, states: Array<{ state: OrderState, count: number }>, topProducts: Array<{ id: string, name: string, orders: number, sales: number }>, topMerchants: Array<{ id: string, name: string, orders: number, sales: number }>, origins: Array<{ id: string, name: string, orders: number, sales: number }> } };

export type PlatformPartnersQueryVariables = Exact<{
  text?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformPartnersQuery = { platformPartners: { total: number, items: Array<{ id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> }> } };

export type PartnerRowFragment = { id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> };

export type PlatformSavePartnerMutationVariables = Exact<{
  id?: string | null | undefined;
  input: PartnerInput;
}>;


export type PlatformSavePartnerMutation = { platformSavePartner:
    | { __typename: 'Partner', id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformStopPartnerMutationVariables = Exact<{
  id: string;
}>;


export type PlatformStopPartnerMutation = { platformStopPartner:
    | { __typename: 'Partner', id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformResumePartnerMutationVariables = Exact<{
  id: string;
}>;


export type PlatformResumePartnerMutation = { platformResumePartner:
    | { __typename: 'Partner', id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformIssuePartnerKeyMutationVariables = Exact<{
  partnerId: string;
  label: string;
  expiresAt?: string | null | undefined;
}>;


export type PlatformIssuePartnerKeyMutation = { platformIssuePartnerKey:
    | { __typename: 'IssuedPartnerKey', secret: string, partner: { id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRevokePartnerKeyMutationVariables = Exact<{
  id: string;
}>;


export type PlatformRevokePartnerKeyMutation = { platformRevokePartnerKey:
    | { __typename: 'Partner', id: string, name: string, contact: string, note: string, pointsPerSecond: number, burst: number, state: PartnerState, createdAt: string, version: number, keys: Array<{ id: string, label: string, lastFour: string, state: PartnerKeyState, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformProductsQueryVariables = Exact<{
  filter?: ConsoleProductFilter | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformProductsQuery = { platformProducts: { total: number, items: Array<{ id: string, title: string, subtitle: string, state: ProductState, reviewNote: string | null, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, category: { id: string, name: string }, origin: { code: string, name: string }, merchant: { id: string, name: string }, cover: { url: string, alt: string } | null }> } };

export type PlatformProductFieldsFragment = { id: string, title: string, subtitle: string, description: string, state: ProductState, reviewNote: string | null, storage: StorageClass, returnClass: ReturnClass, shelfLifeDays: number | null, seasonText: string, soldCount: number, createdAt: string, publishedAt: string | null, category: { id: string, name: string }, brand: { id: string, name: string } | null, merchant: { id: string, name: string, state: MerchantState, licenceDisplay: string }, origin: { code: string, fullName: string }, images: Array<{ url: string, alt: string }>, clip: { url: string } | null, clipPoster: { url: string } | null, skus: Array<{ id: string, name: string, price: number, marketWanted: number | null, marketWantedBasis: MarketBasis | null, marketSource: string, marketHidden: string | null, weight: number, grossWeight: number, pricePer500g: number | null, available: number, active: boolean }> };

export type PlatformProductQueryVariables = Exact<{
  id: string;
}>;


export type PlatformProductQuery = { platformProduct: { id: string, title: string, subtitle: string, description: string, state: ProductState, reviewNote: string | null, storage: StorageClass, returnClass: ReturnClass, shelfLifeDays: number | null, seasonText: string, soldCount: number, createdAt: string, publishedAt: string | null, category: { id: string, name: string }, brand: { id: string, name: string } | null, merchant: { id: string, name: string, state: MerchantState, licenceDisplay: string }, origin: { code: string, fullName: string }, images: Array<{ url: string, alt: string }>, clip: { url: string } | null, clipPoster: { url: string } | null, skus: Array<{ id: string, name: string, price: number, marketWanted: number | null, marketWantedBasis: MarketBasis | null, marketSource: string, marketHidden: string | null, weight: number, grossWeight: number, pricePer500g: number | null, available: number, active: boolean }> } | null };

export type PlatformMoveProductMutationVariables = Exact<{
  id: string;
  step: PlatformProductStep;
  note: string;
}>;


export type PlatformMoveProductMutation = { platformMoveProduct:
    | { __typename: 'Product', id: string, state: ProductState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSearchRankingsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformSearchRankingsQuery = { platformSearchRankings: { builtIn: boolean, current: { text: number, characters: number, pinyin: number, letters: number, initials: number, category: number }, experiments: Array<{ id: string, name: string, share: number, startedAt: string, endsAt: string, stoppedAt: string | null, adoptedAt: string | null, givenUpAt: string | null, over: boolean, challenger: { text: number, characters: number, pinyin: number, letters: number, initials: number, category: number }, arms: Array<{ arm: Arm, searches: number, clickThrough: number | null, averagePosition: number | null, emptyShare: number | null }>, days: Array<{ day: string, arm: Arm, searches: number, followed: number }>, clickThrough: { low: number, high: number, verdict: SearchVerdict } | null, emptyShare: { low: number, high: number, verdict: SearchVerdict } | null }> } };

export type WeightsFragment = { text: number, characters: number, pinyin: number, letters: number, initials: number, category: number };

export type DifferenceFragment = { low: number, high: number, verdict: SearchVerdict };

export type PlatformStartSearchExperimentMutationVariables = Exact<{
  input: SearchExperimentInput;
}>;


export type PlatformStartSearchExperimentMutation = { platformStartSearchExperiment:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'StartedExperiment' }
   };

export type PlatformStopSearchExperimentMutationVariables = Exact<{
  id: string;
}>;


export type PlatformStopSearchExperimentMutation = { platformStopSearchExperiment:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformGiveUpSearchRankingMutationVariables = Exact<{ [key: string]: never; }>;


export type PlatformGiveUpSearchRankingMutation = { platformGiveUpSearchRanking:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformAdoptSearchExperimentMutationVariables = Exact<{
  id: string;
}>;


export type PlatformAdoptSearchExperimentMutation = { platformAdoptSearchExperiment:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSearchDeskQueryVariables = Exact<{
  days: number;
}>;


export type PlatformSearchDeskQuery = { platformSearchDesk: { ownSynonyms: Array<Array<string>>, days: Array<{ day: string, shown: number, empty: number, clicked: number }>, top: Array<{ words: string, shown: number, empty: number, clicked: number, averagePosition: number | null }>, withoutResult: Array<{ words: string, shown: number, empty: number }>, synonyms: Array<{ id: string, words: Array<string> }>, picks: Array<{ query: string, first: Array<{ id: string, title: string }>, last: Array<{ id: string, title: string }> }> } };

export type PlatformSearchPreviewQueryVariables = Exact<{
  query: string;
  pinned?: Array<string> | string | null | undefined;
  buried?: Array<string> | string | null | undefined;
}>;


export type PlatformSearchPreviewQuery = { platformSearchPreview: { before: Array<{ id: string, title: string, minPrice: number, soldCount: number, merchant: { name: string }, cover: { url: string, alt: string } | null }>, after: Array<{ id: string, title: string, minPrice: number, soldCount: number, merchant: { name: string }, cover: { url: string, alt: string } | null }> } };

export type PreviewProductFragment = { id: string, title: string, minPrice: number, soldCount: number, merchant: { name: string }, cover: { url: string, alt: string } | null };

export type PlatformAddSynonymsMutationVariables = Exact<{
  words: Array<string> | string;
}>;


export type PlatformAddSynonymsMutation = { platformAddSynonyms:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRemoveSynonymsMutationVariables = Exact<{
  id: string;
}>;


export type PlatformRemoveSynonymsMutation = { platformRemoveSynonyms:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSaveSearchPicksMutationVariables = Exact<{
  query: string;
  pinned?: Array<string> | string | null | undefined;
  buried?: Array<string> | string | null | undefined;
}>;


export type PlatformSaveSearchPicksMutation = { platformSaveSearchPicks:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformTrafficQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformTrafficQuery = { platformTraffic: { processes: number, complete: boolean, since: string, ran: number, compiled: number, operations: Array<{ name: string, count: number, compiled: number, p50Ms: number, p95Ms: number }>, left: Array<{ operation: string, reason: string, count: number }>, refused: Array<{ code: string, count: number }>, moments: Array<{ at: string, answered: number, refused: number }>, figures: Array<{ name: string, value: number }> } };

export type PlatformExplorerQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformExplorerQuery = { platformExplorer: boolean };

export type PlatformPointsQueryVariables = Exact<{
  days: number;
}>;


export type PlatformPointsQuery = { platformPointsFigures: { balance: number, held: number, debt: number, soon: number, days: Array<{ day: string, granted: number, spent: number, returned: number, ended: number, liability: number }> } };

export type PointsRuleRowFragment = { id: string, version: number, earning: boolean, spending: boolean, perYuan: number, dailyMost: number, capPercent: number, leastGoods: number, note: string, createdBy: string, createdAt: string };

export type PlatformPointsRulesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformPointsRulesQuery = { platformPointsRules: { total: number, items: Array<{ id: string, version: number, earning: boolean, spending: boolean, perYuan: number, dailyMost: number, capPercent: number, leastGoods: number, note: string, createdBy: string, createdAt: string }> } };

export type PlatformSavePointsRulesMutationVariables = Exact<{
  input: PointsRulesInput;
  version: number;
}>;


export type PlatformSavePointsRulesMutation = { platformSavePointsRules:
    | { __typename: 'PointsRuleVersion', id: string, version: number, earning: boolean, spending: boolean, perYuan: number, dailyMost: number, capPercent: number, leastGoods: number, note: string, createdBy: string, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformPointsEntriesQueryVariables = Exact<{
  kind?: PointsEntryKind | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformPointsEntriesQuery = { platformPointsEntries: { total: number, items: Array<{ id: string, kind: PointsEntryKind, amount: number, debt: number, balance: number, text: string, memberId: string, member: string, orderId: string | null, orderNumber: string | null, createdAt: string }> } };

export type MemberPointsRowFragment = { memberId: string, member: string, total: number, points: { balance: number, debt: number, soon: number, soonAt: string | null, waiting: number }, items: Array<{ id: string, kind: PointsEntryKind, amount: number, debt: number, balance: number, text: string, orderId: string | null, createdAt: string }> };

export type PlatformMemberPointsQueryVariables = Exact<{
  who: string;
  page: number;
  size: number;
}>;


export type PlatformMemberPointsQuery = { platformMemberPoints:
    | { __typename: 'MemberPoints', memberId: string, member: string, total: number, points: { balance: number, debt: number, soon: number, soonAt: string | null, waiting: number }, items: Array<{ id: string, kind: PointsEntryKind, amount: number, debt: number, balance: number, text: string, orderId: string | null, createdAt: string }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformAdjustPointsMutationVariables = Exact<{
  memberId: string;
  amount: number;
  reason: string;
  idempotencyKey: string;
}>;


export type PlatformAdjustPointsMutation = { platformAdjustPoints:
    | { __typename: 'MemberPoints', memberId: string, member: string, total: number, points: { balance: number, debt: number, soon: number, soonAt: string | null, waiting: number }, items: Array<{ id: string, kind: PointsEntryKind, amount: number, debt: number, balance: number, text: string, orderId: string | null, createdAt: string }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PresaleRowFragment = { id: string, name: string, state: PresaleState, kind: PresaleKind, price: number, listPrice: number, deposit: number | null, depositKind: DepositKind | null, stock: number, taken: number, startsAt: string, endsAt: string, balanceFrom: string | null, balanceUntil: string | null, schedule: string, harvested: number | null, allocatedAt: string | null, product: { id: string, title: string }, sku: { id: string, name: string }, results: { booked: number, pieces: number, paidUp: number, givenUp: number, failed: number, deposits: number, forfeited: number, turnover: number, compensation: number } };

export type MerchantPresalesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantPresalesQuery = { merchantPresales: { total: number, items: Array<{ id: string, name: string, state: PresaleState, kind: PresaleKind, price: number, listPrice: number, deposit: number | null, depositKind: DepositKind | null, stock: number, taken: number, startsAt: string, endsAt: string, balanceFrom: string | null, balanceUntil: string | null, schedule: string, harvested: number | null, allocatedAt: string | null, product: { id: string, title: string }, sku: { id: string, name: string }, results: { booked: number, pieces: number, paidUp: number, givenUp: number, failed: number, deposits: number, forfeited: number, turnover: number, compensation: number } }> } };

export type PlatformPresalesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformPresalesQuery = { platformPresales: { total: number, items: Array<{ id: string, name: string, state: PresaleState, kind: PresaleKind, price: number, listPrice: number, deposit: number | null, depositKind: DepositKind | null, stock: number, taken: number, startsAt: string, endsAt: string, balanceFrom: string | null, balanceUntil: string | null, schedule: string, harvested: number | null, allocatedAt: string | null, merchant: { id: string, name: string }, product: { id: string, title: string }, sku: { id: string, name: string }, results: { booked: number, pieces: number, paidUp: number, givenUp: number, failed: number, deposits: number, forfeited: number, turnover: number, compensation: number } }> } };

export type PresaleAllocationPreviewQueryVariables = Exact<{
  id: string;
  harvested: number;
}>;


export type PresaleAllocationPreviewQuery = { merchantPresaleAllocation:
    | { __typename: 'PresaleAllocation', harvested: number, served: number, servedPieces: number, failed: number, failedPieces: number, refunded: number, compensation: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PresaleCompensationsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PresaleCompensationsQuery = { platformPresaleCompensations: { total: number, items: Array<{ id: string, orderId: string, compensation: number, endedAt: string | null, offer: { id: string, name: string } }> } };

export type SavePresaleMutationVariables = Exact<{
  input: PresaleInput;
}>;


export type SavePresaleMutation = { merchantSavePresale:
    | { __typename: 'ConsolePresale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PublishPresaleMutationVariables = Exact<{
  id: string;
}>;


export type PublishPresaleMutation = { merchantPublishPresale:
    | { __typename: 'ConsolePresale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type StopPresaleMutationVariables = Exact<{
  id: string;
}>;


export type StopPresaleMutation = { merchantStopPresale:
    | { __typename: 'ConsolePresale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type AllocatePresaleMutationVariables = Exact<{
  id: string;
  harvested: number;
  failing: number;
}>;


export type AllocatePresaleMutation = { merchantAllocatePresale:
    | { __typename: 'ConsolePresale', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PayPresaleCompensationMutationVariables = Exact<{
  orderId: string;
  transfer: string;
}>;


export type PayPresaleCompensationMutation = { platformPayPresaleCompensation:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ApplicationFieldsFragment = { id: string, state: CampaignApplicationState, merchantPercent: number, productIds: Array<string> | null, reason: string, decidedAt: string | null, createdBy: string, createdAt: string, goods: Array<{ id: string, name: string }> };

export type InvitationFieldsFragment = { id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, applyUntil: string, open: boolean, merchantPercent: number, categoryIds: Array<string> | null, goods: Array<{ id: string, name: string }>, coupon: { threshold: number, off: number, percentOff: number, most: number | null } | null, steps: Array<{ threshold: number, off: number }>, application: { id: string, state: CampaignApplicationState, merchantPercent: number, productIds: Array<string> | null, reason: string, decidedAt: string | null, createdBy: string, createdAt: string, goods: Array<{ id: string, name: string }> } | null };

export type MerchantCampaignInvitationsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantCampaignInvitationsQuery = { merchantCampaignInvitations: { total: number, items: Array<{ id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, applyUntil: string, open: boolean, merchantPercent: number, categoryIds: Array<string> | null, goods: Array<{ id: string, name: string }>, coupon: { threshold: number, off: number, percentOff: number, most: number | null } | null, steps: Array<{ threshold: number, off: number }>, application: { id: string, state: CampaignApplicationState, merchantPercent: number, productIds: Array<string> | null, reason: string, decidedAt: string | null, createdBy: string, createdAt: string, goods: Array<{ id: string, name: string }> } | null }> } };

export type PlatformCampaignApplicationsQueryVariables = Exact<{
  campaignId?: string | null | undefined;
  state?: CampaignApplicationState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformCampaignApplicationsQuery = { platformCampaignApplications: { total: number, items: Array<{ id: string, state: CampaignApplicationState, merchantPercent: number, productIds: Array<string> | null, reason: string, decidedAt: string | null, createdBy: string, createdAt: string, merchant: { id: string, name: string }, goods: Array<{ id: string, name: string }> }> } };

export type WaitingApplicationsQueryVariables = Exact<{ [key: string]: never; }>;


export type WaitingApplicationsQuery = { platformCampaignApplications: { total: number } };

export type ApplyForCampaignMutationVariables = Exact<{
  campaignId: string;
  merchantPercent: number;
  productIds?: Array<string> | string | null | undefined;
}>;


export type ApplyForCampaignMutation = { merchantApplyForCampaign:
    | { __typename: 'CampaignApplication', id: string, state: CampaignApplicationState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type WithdrawApplicationMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawApplicationMutation = { merchantWithdrawApplication:
    | { __typename: 'CampaignApplication', id: string, state: CampaignApplicationState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type AcceptApplicationsMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type AcceptApplicationsMutation = { platformAcceptApplications:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type DeclineApplicationsMutationVariables = Exact<{
  ids: Array<string> | string;
  reason: string;
}>;


export type DeclineApplicationsMutation = { platformDeclineApplications:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RemoveApplicationMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type RemoveApplicationMutation = { platformRemoveApplication:
    | { __typename: 'CampaignApplication', id: string, state: CampaignApplicationState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CampaignFieldsFragment = { id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> };

export type MerchantCampaignsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantCampaignsQuery = { merchantCampaigns: { total: number, items: Array<{ id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }> } };

export type PlatformCampaignsQueryVariables = Exact<{
  merchantId?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformCampaignsQuery = { platformCampaigns: { total: number, items: Array<{ id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }> } };

export type MerchantSaveCampaignMutationVariables = Exact<{
  id?: string | null | undefined;
  version: number;
  input: CampaignInput;
}>;


export type MerchantSaveCampaignMutation = { merchantSaveCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantPublishCampaignMutationVariables = Exact<{
  id: string;
}>;


export type MerchantPublishCampaignMutation = { merchantPublishCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantStopCampaignMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type MerchantStopCampaignMutation = { merchantStopCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantDiscardCampaignMutationVariables = Exact<{
  id: string;
}>;


export type MerchantDiscardCampaignMutation = { merchantDiscardCampaign:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSaveCampaignMutationVariables = Exact<{
  id?: string | null | undefined;
  version: number;
  input: CampaignInput;
}>;


export type PlatformSaveCampaignMutation = { platformSaveCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformPublishCampaignMutationVariables = Exact<{
  id: string;
}>;


export type PlatformPublishCampaignMutation = { platformPublishCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformStopCampaignMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformStopCampaignMutation = { platformStopCampaign:
    | { __typename: 'Campaign', id: string, kind: CampaignKind, name: string, rules: string, phase: CampaignPhase, startsAt: string, endsAt: string, merchantPercent: number, budget: number | null, promised: number, audience: CampaignAudience, exclusive: boolean, categoryIds: Array<string> | null, productIds: Array<string> | null, applyUntil: string | null, usedUpAt: string | null, version: number, publishedAt: string | null, stopReason: string, goods: Array<{ id: string, name: string }>, merchant: { id: string, name: string } | null, coupon: { threshold: number, off: number, percentOff: number, most: number | null, total: number, claimed: number, perMember: number, code: string | null, byEvent: boolean, validDays: number | null, validUntil: string | null } | null, steps: Array<{ threshold: number, off: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformDiscardCampaignMutationVariables = Exact<{
  id: string;
}>;


export type PlatformDiscardCampaignMutation = { platformDiscardCampaign:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ProductChoiceFragment = { id: string, title: string, merchant: { id: string, name: string }, skus: Array<{ id: string, name: string, price: number }> };

export type MerchantCampaignProductsQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type MerchantCampaignProductsQuery = { merchantProducts: { items: Array<{ id: string, title: string, merchant: { id: string, name: string }, skus: Array<{ id: string, name: string, price: number }> }> } };

export type PlatformCampaignProductsQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type PlatformCampaignProductsQuery = { platformProducts: { items: Array<{ id: string, title: string, merchant: { id: string, name: string }, skus: Array<{ id: string, name: string, price: number }> }> } };

export type CampaignTrialFieldsFragment = { goodsTotal: number, freightBefore: number, freightAfter: number, totalBefore: number, totalAfter: number, byShop: number, byPlatform: number, note: string | null, lines: Array<{ skuId: string, title: string, skuName: string, price: number, quantity: number, before: number, after: number, byShop: number, byPlatform: number }> };

export type MerchantTryCampaignQueryVariables = Exact<{
  id: string;
  lines?: Array<WantedSku> | WantedSku | null | undefined;
}>;


export type MerchantTryCampaignQuery = { merchantTryCampaign:
    | { __typename: 'CampaignTrial', goodsTotal: number, freightBefore: number, freightAfter: number, totalBefore: number, totalAfter: number, byShop: number, byPlatform: number, note: string | null, lines: Array<{ skuId: string, title: string, skuName: string, price: number, quantity: number, before: number, after: number, byShop: number, byPlatform: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformTryCampaignQueryVariables = Exact<{
  id: string;
  lines?: Array<WantedSku> | WantedSku | null | undefined;
}>;


export type PlatformTryCampaignQuery = { platformTryCampaign:
    | { __typename: 'CampaignTrial', goodsTotal: number, freightBefore: number, freightAfter: number, totalBefore: number, totalAfter: number, byShop: number, byPlatform: number, note: string | null, lines: Array<{ skuId: string, title: string, skuName: string, price: number, quantity: number, before: number, after: number, byShop: number, byPlatform: number }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CampaignResultFieldsFragment = { claimed: number, held: number, used: number, returned: number, expired: number, orders: number, refundedOrders: number, paid: number, refunded: number, byShop: number, byPlatform: number, days: Array<{ day: string, claimed: number, used: number, orders: number, paid: number, byShop: number, byPlatform: number }> };

export type MerchantCampaignResultsQueryVariables = Exact<{
  id: string;
}>;


export type MerchantCampaignResultsQuery = { merchantCampaignResults: { claimed: number, held: number, used: number, returned: number, expired: number, orders: number, refundedOrders: number, paid: number, refunded: number, byShop: number, byPlatform: number, days: Array<{ day: string, claimed: number, used: number, orders: number, paid: number, byShop: number, byPlatform: number }> } };

export type PlatformCampaignResultsQueryVariables = Exact<{
  id: string;
}>;


export type PlatformCampaignResultsQuery = { platformCampaignResults: { claimed: number, held: number, used: number, returned: number, expired: number, orders: number, refundedOrders: number, paid: number, refunded: number, byShop: number, byPlatform: number, shops: Array<{ orders: number, paid: number, refunded: number, byShop: number, byPlatform: number, merchant: { id: string, name: string } }>, days: Array<{ day: string, claimed: number, used: number, orders: number, paid: number, byShop: number, byPlatform: number }> } };

export type ReferralProgrammeRowFragment = { id: string, name: string, rules: string, phase: ReferralProgrammePhase, startsAt: string, endsAt: string, bindDays: number, orderDays: number, leastKept: number, perInviter: number, perMonth: number, total: number, rewarded: number, heldFrom: number, stopReason: string, version: number, inviterCampaign: { id: string, name: string, budget: number | null, promised: number, merchantPercent: number }, inviteeCampaign: { id: string, name: string, budget: number | null, promised: number, merchantPercent: number } };

export type ReferralRowFragment = { id: string, state: ReferralState, inviterId: string, inviter: string, inviteeId: string, invitee: string, orderId: string | null, orderNumber: string | null, kept: number | null, suspicions: Array<ReferralSuspicion>, inviterMissed: ReferralMissed | null, inviteeMissed: ReferralMissed | null, reason: string, decidedBy: string | null, dueAt: string, rewardedAt: string | null, endedAt: string | null, createdAt: string };

export type ChannelRowFragment = { id: string, name: string, note: string, code: string, scene: string, closedAt: string | null, createdBy: string, createdAt: string, picture: { url: string, width: number, height: number } | null };

export type SourceRowFragment = { sourceId: string, name: string, came: number, registered: number, ordered: number, paid: number, refunded: number, rewarded: number };

export type PlatformReferralProgrammesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformReferralProgrammesQuery = { platformReferralProgrammes: { total: number, items: Array<{ id: string, name: string, rules: string, phase: ReferralProgrammePhase, startsAt: string, endsAt: string, bindDays: number, orderDays: number, leastKept: number, perInviter: number, perMonth: number, total: number, rewarded: number, heldFrom: number, stopReason: string, version: number, inviterCampaign: { id: string, name: string, budget: number | null, promised: number, merchantPercent: number }, inviteeCampaign: { id: string, name: string, budget: number | null, promised: number, merchantPercent: number } }> } };

export type ReferralCampaignChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type ReferralCampaignChoicesQuery = { platformCampaigns: { items: Array<{ id: string, name: string, phase: CampaignPhase, endsAt: string, merchant: { id: string } | null, coupon: { byEvent: boolean, threshold: number, off: number, percentOff: number, most: number | null } | null }> } };

export type PlatformReferralsQueryVariables = Exact<{
  state?: ReferralState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformReferralsQuery = { platformReferrals: { total: number, items: Array<{ id: string, state: ReferralState, inviterId: string, inviter: string, inviteeId: string, invitee: string, orderId: string | null, orderNumber: string | null, kept: number | null, suspicions: Array<ReferralSuspicion>, inviterMissed: ReferralMissed | null, inviteeMissed: ReferralMissed | null, reason: string, decidedBy: string | null, dueAt: string, rewardedAt: string | null, endedAt: string | null, createdAt: string }> } };

export type PlatformChannelsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformChannelsQuery = { platformChannels: { total: number, items: Array<{ id: string, name: string, note: string, code: string, scene: string, closedAt: string | null, createdBy: string, createdAt: string, picture: { url: string, width: number, height: number } | null }> } };

export type PlatformReferralResultsQueryVariables = Exact<{
  days: number;
}>;


export type PlatformReferralResultsQuery = { platformReferralResults: { channels: Array<{ sourceId: string, name: string, came: number, registered: number, ordered: number, paid: number, refunded: number, rewarded: number }>, inviters: Array<{ sourceId: string, name: string, came: number, registered: number, ordered: number, paid: number, refunded: number, rewarded: number }> } };

export type PlatformSaveReferralProgrammeMutationVariables = Exact<{
  id?: string | null | undefined;
  version: number;
  input: ReferralProgrammeInput;
}>;


export type PlatformSaveReferralProgrammeMutation = { platformSaveReferralProgramme:
    | { __typename: 'ConsoleReferralProgramme', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformPublishReferralProgrammeMutationVariables = Exact<{
  id: string;
}>;


export type PlatformPublishReferralProgrammeMutation = { platformPublishReferralProgramme:
    | { __typename: 'ConsoleReferralProgramme', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformStopReferralProgrammeMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformStopReferralProgrammeMutation = { platformStopReferralProgramme:
    | { __typename: 'ConsoleReferralProgramme', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformApproveReferralMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformApproveReferralMutation = { platformApproveReferral:
    | { __typename: 'Referral', id: string, state: ReferralState, reason: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRefuseReferralMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformRefuseReferralMutation = { platformRefuseReferral:
    | { __typename: 'Referral', id: string, state: ReferralState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformOpenChannelMutationVariables = Exact<{
  name: string;
  note: string;
}>;


export type PlatformOpenChannelMutation = { platformOpenChannel:
    | { __typename: 'Channel', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformCloseChannelMutationVariables = Exact<{
  id: string;
}>;


export type PlatformCloseChannelMutation = { platformCloseChannel:
    | { __typename: 'Channel', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformDrawChannelMutationVariables = Exact<{
  id: string;
}>;


export type PlatformDrawChannelMutation = { platformDrawChannel:
    | { __typename: 'Channel', id: string, name: string, note: string, code: string, scene: string, closedAt: string | null, createdBy: string, createdAt: string, picture: { url: string, width: number, height: number } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PostFileFieldsFragment = { id: string, state: PostState, memberId: string | null, merchantId: string | null, createdAt: string, publishedAt: string | null, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, author: string, refusal: string, createdAt: string, place: { fullName: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, title: string, bought: boolean }> }> };

export type PlatformPostsQueryVariables = Exact<{
  state?: PostState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformPostsQuery = { platformPosts: { total: number, items: Array<{ id: string, state: PostState, memberId: string | null, merchantId: string | null, createdAt: string, publishedAt: string | null, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, author: string, refusal: string, createdAt: string, place: { fullName: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, title: string, bought: boolean }> }> }> } };

export type PlatformPostQueryVariables = Exact<{
  id: string;
}>;


export type PlatformPostQuery = { platformPost: { id: string, state: PostState, memberId: string | null, merchantId: string | null, createdAt: string, publishedAt: string | null, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, author: string, refusal: string, createdAt: string, place: { fullName: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, title: string, bought: boolean }> }> } };

export type PlatformPostCommentQueryVariables = Exact<{
  id: string;
}>;


export type PlatformPostCommentQuery = { platformPostComment: { id: string, state: PostCommentState, author: string, text: string, createdAt: string } };

export type PlatformHidePostMutationVariables = Exact<{
  id: string;
  reason: PostHiding;
  note: string;
}>;


export type PlatformHidePostMutation = { platformHidePost:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRestorePostMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformRestorePostMutation = { platformRestorePost:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformHidePostCommentMutationVariables = Exact<{
  id: string;
  reason: PostHiding;
  note: string;
}>;


export type PlatformHidePostCommentMutation = { platformHidePostComment:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type WrittenFieldsFragment = { id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> };

export type ShopReviewFieldsFragment = { id: string, author: string, skuName: string, score: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, publishedAt: string | null, helpfulCount: number, product: { id: string, title: string }, words: { text: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null, replies: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }> };

export type MerchantReviewsQueryVariables = Exact<{
  desk: ReviewDesk;
  page: number;
  size: number;
}>;


export type MerchantReviewsQuery = { merchantReviews: { total: number, items: Array<{ id: string, author: string, skuName: string, score: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, publishedAt: string | null, helpfulCount: number, product: { id: string, title: string }, words: { text: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null, replies: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }> }> } };

export type MerchantReviewCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantReviewCountsQuery = { merchantReviewCounts: Array<{ desk: ReviewDesk, count: number }> };

export type MerchantReplyReviewMutationVariables = Exact<{
  id: string;
  text: string;
}>;


export type MerchantReplyReviewMutation = { merchantReplyReview:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'ShopReview', id: string, author: string, skuName: string, score: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, publishedAt: string | null, helpfulCount: number, product: { id: string, title: string }, words: { text: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null, replies: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }> }
   };

export type ReportReviewMutationVariables = Exact<{
  id: string;
  reason: ReportReason;
  note: string;
}>;


export type ReportReviewMutation = { reportReview:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ReviewFileFieldsFragment = { id: string, state: ReviewState, author: string, anonymous: boolean, skuName: string, score: number, createdAt: string, publishedAt: string | null, hiddenFor: ReviewHiding | null, hiddenNote: string, helpfulCount: number, product: { id: string, title: string }, written: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> };

export type PlatformReviewsQueryVariables = Exact<{
  state?: ReviewState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformReviewsQuery = { platformReviews: { total: number, items: Array<{ id: string, state: ReviewState, author: string, anonymous: boolean, skuName: string, score: number, createdAt: string, publishedAt: string | null, hiddenFor: ReviewHiding | null, hiddenNote: string, helpfulCount: number, product: { id: string, title: string }, written: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> }> } };

export type PlatformContentCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformContentCountsQuery = { platformContentCounts: { checks: number, reports: number, appeals: number } };

export type ContentCheckFieldsFragment = { id: string, subject: ContentCheckSubject, subjectId: string, author: ActorKind, text: string, state: ContentCheckState, verdict: ContentVerdict | null, reason: string, words: string, createdAt: string, pictures: Array<{ url: string }> };

export type PlatformContentChecksQueryVariables = Exact<{
  desk: ContentDesk;
  page: number;
  size: number;
}>;


export type PlatformContentChecksQuery = { platformContentChecks: { total: number, items: Array<{ id: string, subject: ContentCheckSubject, subjectId: string, author: ActorKind, text: string, state: ContentCheckState, verdict: ContentVerdict | null, reason: string, words: string, createdAt: string, pictures: Array<{ url: string }> }> } };

export type PlatformContentReportsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformContentReportsQuery = { platformContentReports: { total: number, items: Array<{ id: string, subject: ContentSubject, subjectId: string, reporter: ActorKind, reason: ReportReason, note: string, createdAt: string }> } };

export type PlatformContentAppealsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformContentAppealsQuery = { platformContentAppeals: { total: number, items: Array<{ id: string, subject: ContentSubject, subjectId: string, text: string, createdAt: string }> } };

export type PlatformDecideContentMutationVariables = Exact<{
  id: string;
  passed: boolean;
  note: string;
}>;


export type PlatformDecideContentMutation = { platformDecideContent:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformDismissReportMutationVariables = Exact<{
  id: string;
  answer: string;
}>;


export type PlatformDismissReportMutation = { platformDismissReport:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformDecideAppealMutationVariables = Exact<{
  id: string;
  upheld: boolean;
  answer: string;
}>;


export type PlatformDecideAppealMutation = { platformDecideAppeal:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformHideReviewMutationVariables = Exact<{
  id: string;
  reason: ReviewHiding;
  note: string;
  part: ReviewPart;
}>;


export type PlatformHideReviewMutation = { platformHideReview:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRestoreReviewMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformRestoreReviewMutation = { platformRestoreReview:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type SettlementFieldsFragment = { id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null };

export type SettlementSumFieldsFragment = { count: number, held: number, net: number, commission: number, fee: number };

export type PayoutFieldsFragment = { id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null };

export type PlatformPayoutFieldsFragment = { id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null, tries: number, merchant: { id: string, name: string } };

export type FundsFieldsFragment = { held: number, coming: number, owed: number, onTheWay: number, paidOut: number, every: PayoutEvery, least: number, nextAt: string | null };

export type PlatformSettlementFieldsFragment = { id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null, trouble: string | null, merchant: { id: string, name: string }, calls: Array<{ id: string, kind: SettlementCallKind, state: SettlementCallState, number: string, amount: number, reason: string | null, tries: number, createdAt: string, finishedAt: string | null }> };

export type MerchantFundsQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantFundsQuery = { merchantFunds: { held: number, coming: number, owed: number, onTheWay: number, paidOut: number, every: PayoutEvery, least: number, nextAt: string | null } };

export type MerchantBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type MerchantBalanceQuery = { merchantBalance: { byTransfer: boolean, available: number | null, pending: number | null } };

export type MerchantSettlementsQueryVariables = Exact<{
  since?: string | null | undefined;
  until?: string | null | undefined;
  page: number;
  size: number;
}>;


export type MerchantSettlementsQuery = { merchantSettlements: { total: number, items: Array<{ id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null }>, sums: { count: number, held: number, net: number, commission: number, fee: number } } };

export type MerchantPayoutsQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantPayoutsQuery = { merchantPayouts: { total: number, items: Array<{ id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null }> } };

export type MerchantRequestPayoutMutationVariables = Exact<{
  amount?: number | null | undefined;
  idempotencyKey: string;
}>;


export type MerchantRequestPayoutMutation = { merchantRequestPayout:
    | { __typename: 'Payout', id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantSetPayoutPlanMutationVariables = Exact<{
  every: PayoutEvery;
  least: number;
}>;


export type MerchantSetPayoutPlanMutation = { merchantSetPayoutPlan:
    | { __typename: 'MerchantFunds', held: number, coming: number, owed: number, onTheWay: number, paidOut: number, every: PayoutEvery, least: number, nextAt: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformSettlementsQueryVariables = Exact<{
  state?: SettlementState | null | undefined;
  text?: string | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformSettlementsQuery = { platformSettlements: { total: number, items: Array<{ id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null, trouble: string | null, merchant: { id: string, name: string }, calls: Array<{ id: string, kind: SettlementCallKind, state: SettlementCallState, number: string, amount: number, reason: string | null, tries: number, createdAt: string, finishedAt: string | null }> }>, sums: { count: number, held: number, net: number, commission: number, fee: number } } };

export type PlatformPayoutsQueryVariables = Exact<{
  state?: PayoutState | null | undefined;
  page: number;
  size: number;
}>;


export type PlatformPayoutsQuery = { platformPayouts: { total: number, items: Array<{ id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null, tries: number, merchant: { id: string, name: string } }> } };

export type PlatformPayoutTransferredMutationVariables = Exact<{
  id: string;
  reference: string;
}>;


export type PlatformPayoutTransferredMutation = { platformPayoutTransferred:
    | { __typename: 'PlatformPayout', id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null, tries: number, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformPayoutNotTransferredMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformPayoutNotTransferredMutation = { platformPayoutNotTransferred:
    | { __typename: 'PlatformPayout', id: string, number: string, amount: number, state: PayoutState, askedBy: string | null, reason: string | null, byTransfer: boolean, reference: string | null, createdAt: string, finishedAt: string | null, tries: number, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformRetrySettlementMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformRetrySettlementMutation = { platformRetrySettlement:
    | { __typename: 'PlatformSettlement', id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null, trouble: string | null, merchant: { id: string, name: string }, calls: Array<{ id: string, kind: SettlementCallKind, state: SettlementCallState, number: string, amount: number, reason: string | null, tries: number, createdAt: string, finishedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformReleaseRefundMutationVariables = Exact<{
  id: string;
  note: string;
}>;


export type PlatformReleaseRefundMutation = { platformReleaseRefund:
    | { __typename: 'PlatformSettlement', id: string, orderId: string, orderNumber: string, state: SettlementState, held: number, net: number, commission: number, fee: number, subsidy: number, settledAt: string, sharedAt: string | null, trouble: string | null, merchant: { id: string, name: string }, calls: Array<{ id: string, kind: SettlementCallKind, state: SettlementCallState, number: string, amount: number, reason: string | null, tries: number, createdAt: string, finishedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type VoucherBatchRowFragment = { id: string, kind: VoucherBatchKind, state: VoucherBatchState, name: string, units: number, value: number, freight: VoucherFreight, validFrom: string, validUntil: string, total: number, made: number, createdBy: string, createdAt: string, bound: number, left: number, owed: number, redeemed: number, rules: Array<string>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, product: { id: string, title: string } } }> };

export type ConsoleVoucherRowFragment = { id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string };

export type ConsoleVoucherLogFragment = { events: Array<{ text: string, amount: number, balance: number, createdAt: string }> };

export type MerchantVoucherBatchesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type MerchantVoucherBatchesQuery = { merchantVoucherBatches: { total: number, items: Array<{ id: string, kind: VoucherBatchKind, state: VoucherBatchState, name: string, units: number, value: number, freight: VoucherFreight, validFrom: string, validUntil: string, total: number, made: number, createdBy: string, createdAt: string, bound: number, left: number, owed: number, redeemed: number, rules: Array<string>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, product: { id: string, title: string } } }> }> } };

export type PlatformVoucherBatchesQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PlatformVoucherBatchesQuery = { platformVoucherBatches: { total: number, items: Array<{ id: string, kind: VoucherBatchKind, state: VoucherBatchState, name: string, units: number, value: number, freight: VoucherFreight, validFrom: string, validUntil: string, total: number, made: number, createdBy: string, createdAt: string, bound: number, left: number, owed: number, redeemed: number, rules: Array<string>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, product: { id: string, title: string } } }> }> } };

export type PlatformVoucherLiabilityQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformVoucherLiabilityQuery = { platformVoucherLiability: { owed: number, booked: number, unbound: number, byShops: number, pieces: number } };

export type MerchantVouchersQueryVariables = Exact<{
  batchId?: string | null | undefined;
  lotId?: string | null | undefined;
  last4?: string | null | undefined;
  refunding: boolean;
  page: number;
  size: number;
}>;


export type MerchantVouchersQuery = { merchantVouchers: { total: number, items: Array<{ id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string, events: Array<{ text: string, amount: number, balance: number, createdAt: string }> }> } };

export type PlatformVouchersQueryVariables = Exact<{
  batchId?: string | null | undefined;
  lotId?: string | null | undefined;
  last4?: string | null | undefined;
  refunding: boolean;
  page: number;
  size: number;
}>;


export type PlatformVouchersQuery = { platformVouchers: { total: number, items: Array<{ id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string, events: Array<{ text: string, amount: number, balance: number, createdAt: string }> }> } };

export type VoucherSkuChoicesQueryVariables = Exact<{
  merchantId: string;
  page: number;
  size: number;
}>;


export type VoucherSkuChoicesQuery = { platformProducts: { items: Array<{ id: string, title: string, skus: Array<{ id: string, name: string, price: number }> }> } };

export type MerchantOpenVoucherBatchMutationVariables = Exact<{
  input: VoucherBatchInput;
}>;


export type MerchantOpenVoucherBatchMutation = { merchantOpenVoucherBatch:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherBatch', id: string }
   };

export type PlatformOpenVoucherBatchMutationVariables = Exact<{
  input: PlatformVoucherBatchInput;
}>;


export type PlatformOpenVoucherBatchMutation = { platformOpenVoucherBatch:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherBatch', id: string }
   };

export type MerchantIssueVouchersMutationVariables = Exact<{
  batchId: string;
  count: number;
  idempotencyKey: string;
}>;


export type MerchantIssueVouchersMutation = { merchantIssueVouchers:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherCodes', codes: Array<string> }
   };

export type MerchantStopVoucherBatchMutationVariables = Exact<{
  id: string;
}>;


export type MerchantStopVoucherBatchMutation = { merchantStopVoucherBatch:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherBatch', id: string, state: VoucherBatchState }
   };

export type MerchantVoucherPayeeMutationVariables = Exact<{
  id: string;
}>;


export type MerchantVoucherPayeeMutation = { merchantVoucherPayee:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherPayee', payee: string }
   };

export type MerchantRefundVoucherMutationVariables = Exact<{
  id: string;
  reference: string;
}>;


export type MerchantRefundVoucherMutation = { merchantRefundVoucher:
    | { __typename: 'ConsoleVoucher', id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformIssueVouchersMutationVariables = Exact<{
  batchId: string;
  count: number;
  idempotencyKey: string;
}>;


export type PlatformIssueVouchersMutation = { platformIssueVouchers:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherCodes', codes: Array<string> }
   };

export type PlatformStopVoucherBatchMutationVariables = Exact<{
  id: string;
}>;


export type PlatformStopVoucherBatchMutation = { platformStopVoucherBatch:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherBatch', id: string, state: VoucherBatchState }
   };

export type PlatformVoucherPayeeMutationVariables = Exact<{
  id: string;
}>;


export type PlatformVoucherPayeeMutation = { platformVoucherPayee:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherPayee', payee: string }
   };

export type PlatformRefundVoucherMutationVariables = Exact<{
  id: string;
  reference: string;
}>;


export type PlatformRefundVoucherMutation = { platformRefundVoucher:
    | { __typename: 'ConsoleVoucher', id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformFreezeVoucherMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformFreezeVoucherMutation = { platformFreezeVoucher:
    | { __typename: 'ConsoleVoucher', id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlatformUnfreezeVoucherMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type PlatformUnfreezeVoucherMutation = { platformUnfreezeVoucher:
    | { __typename: 'ConsoleVoucher', id: string, name: string, kind: VoucherBatchKind, last4: string, state: VoucherState, units: number, balance: number, held: number, owed: number, expiresAt: string, frozenFor: string, refundReference: string | null, holder: string, createdAt: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export const StaffFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Staff"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"totpEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]} as unknown as DocumentNode<StaffFieldsFragment, unknown>;
export const StaffSessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaffSession"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"staff"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StaffFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Staff"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"totpEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]} as unknown as DocumentNode<StaffSessionFieldsFragment, unknown>;
export const CaseRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CaseRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"line"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]}}]} as unknown as DocumentNode<CaseRowFragment, unknown>;
export const CaseWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CaseWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CaseRow"}},{"kind":"Field","name":{"kind":"Name","value":"refusedFor"}},{"kind":"Field","name":{"kind":"Name","value":"piecesDamaged"}},{"kind":"Field","name":{"kind":"Name","value":"piecesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"worth"}},{"kind":"Field","name":{"kind":"Name","value":"beforeShipping"}},{"kind":"Field","name":{"kind":"Name","value":"restocked"}},{"kind":"Field","name":{"kind":"Name","value":"returnCarrier"}},{"kind":"Field","name":{"kind":"Name","value":"returnNumber"}},{"kind":"Field","name":{"kind":"Name","value":"replacementCarrier"}},{"kind":"Field","name":{"kind":"Name","value":"replacementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"returnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"acts"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"buyerName"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CaseRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"line"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]}}]} as unknown as DocumentNode<CaseWholeFragment, unknown>;
export const CaseAnswerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CaseAnswer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSaleResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<CaseAnswerFragment, unknown>;
export const BillFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BillFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Bill"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"empty"}},{"kind":"Field","name":{"kind":"Name","value":"lines"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}},{"kind":"Field","name":{"kind":"Name","value":"fees"}},{"kind":"Field","name":{"kind":"Name","value":"comparedAt"}},{"kind":"Field","name":{"kind":"Name","value":"openDifferences"}}]}}]} as unknown as DocumentNode<BillFieldsFragment, unknown>;
export const BillDifferenceFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BillDifferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BillDifference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fault"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"ours"}},{"kind":"Field","name":{"kind":"Name","value":"theirs"}},{"kind":"Field","name":{"kind":"Name","value":"ourState"}},{"kind":"Field","name":{"kind":"Name","value":"theirState"}},{"kind":"Field","name":{"kind":"Name","value":"explainedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explainedBy"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}}]} as unknown as DocumentNode<BillDifferenceFieldsFragment, unknown>;
export const CardBatchRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardBatchRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CardBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"named"}},{"kind":"Field","name":{"kind":"Name","value":"face"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"made"}},{"kind":"Field","name":{"kind":"Name","value":"validMonths"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"bound"}},{"kind":"Field","name":{"kind":"Name","value":"liability"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CardBatchRowFragment, unknown>;
export const ConsoleCardRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleCardRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleCard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"named"}},{"kind":"Field","name":{"kind":"Name","value":"face"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenFor"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}},{"kind":"Field","name":{"kind":"Name","value":"bought"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ConsoleCardRowFragment, unknown>;
export const CodeLotRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CodeLotRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CodeLot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"many"}},{"kind":"Field","name":{"kind":"Name","value":"issuedBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"unbound"}},{"kind":"Field","name":{"kind":"Name","value":"frozen"}},{"kind":"Field","name":{"kind":"Name","value":"voided"}},{"kind":"Field","name":{"kind":"Name","value":"bound"}}]}}]} as unknown as DocumentNode<CodeLotRowFragment, unknown>;
export const CodesAnswerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CodesAnswer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CodesChangedResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CodesChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]} as unknown as DocumentNode<CodesAnswerFragment, unknown>;
export const CommissionRuleFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommissionRuleFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlatformCommissionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"rate"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"category"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CommissionRuleFieldsFragment, unknown>;
export const FlashSessionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FlashSessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FlashSession"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"payMinutes"}}]}}]} as unknown as DocumentNode<FlashSessionRowFragment, unknown>;
export const FlashOfferRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FlashOfferRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleFlashOffer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"listPrice"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"taken"}},{"kind":"Field","name":{"kind":"Name","value":"returned"}},{"kind":"Field","name":{"kind":"Name","value":"perMember"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"arrived"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FlashSessionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sold"}},{"kind":"Field","name":{"kind":"Name","value":"unpaid"}},{"kind":"Field","name":{"kind":"Name","value":"freed"}},{"kind":"Field","name":{"kind":"Name","value":"buyers"}},{"kind":"Field","name":{"kind":"Name","value":"turnover"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FlashSessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FlashSession"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"payMinutes"}}]}}]} as unknown as DocumentNode<FlashOfferRowFragment, unknown>;
export const GroupActivityRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupActivityRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleGroupActivity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"listPrice"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"ttlMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"perMember"}},{"kind":"Field","name":{"kind":"Name","value":"stock"}},{"kind":"Field","name":{"kind":"Name","value":"taken"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"merged"}},{"kind":"Field","name":{"kind":"Name","value":"forming"}},{"kind":"Field","name":{"kind":"Name","value":"members"}},{"kind":"Field","name":{"kind":"Name","value":"turnover"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}}]}}]}}]} as unknown as DocumentNode<GroupActivityRowFragment, unknown>;
export const GroupRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"paying"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"leader"}}]}}]} as unknown as DocumentNode<GroupRowFragment, unknown>;
export const InvoiceRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvoiceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderInvoice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderNumber"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"taxNumber"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"due"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"link"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedBecause"}},{"kind":"Field","name":{"kind":"Name","value":"refusedNote"}}]}}]} as unknown as DocumentNode<InvoiceRowFragment, unknown>;
export const MoneyFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MoneyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MoneyTrace"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"returned"}},{"kind":"Field","name":{"kind":"Name","value":"came"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"moves"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"memo"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]} as unknown as DocumentNode<MoneyFieldsFragment, unknown>;
export const ChangeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProductChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"askedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"edits"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"beforeImages"}},{"kind":"Field","name":{"kind":"Name","value":"beforeClip"}},{"kind":"Field","name":{"kind":"Name","value":"afterClip"}},{"kind":"Field","name":{"kind":"Name","value":"afterImages"}}]}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]}}]} as unknown as DocumentNode<ChangeRowFragment, unknown>;
export const PaperRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PaperRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MerchantPaper"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"expiresOn"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]} as unknown as DocumentNode<PaperRowFragment, unknown>;
export const BatchRowFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BatchRowFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BatchRow"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skuId"}},{"kind":"Field","name":{"kind":"Name","value":"productTitle"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"oldPrice"}},{"kind":"Field","name":{"kind":"Name","value":"newPrice"}},{"kind":"Field","name":{"kind":"Name","value":"oldStock"}},{"kind":"Field","name":{"kind":"Name","value":"newStock"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<BatchRowFieldsFragment, unknown>;
export const PieceAlarmRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PieceAlarmRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PieceAlarm"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"scans"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"points"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"places"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"looks"}},{"kind":"Field","name":{"kind":"Name","value":"regionCode"}},{"kind":"Field","name":{"kind":"Name","value":"region"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]}}]} as unknown as DocumentNode<PieceAlarmRowFragment, unknown>;
export const LotRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}},{"kind":"Field","name":{"kind":"Name","value":"plot"}},{"kind":"Field","name":{"kind":"Name","value":"grade"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"heldByPlatform"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedOn"}},{"kind":"Field","name":{"kind":"Name","value":"bestBefore"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedGrams"}},{"kind":"Field","name":{"kind":"Name","value":"shrinkGrams"}},{"kind":"Field","name":{"kind":"Name","value":"allocatedGrams"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]} as unknown as DocumentNode<LotRowFragment, unknown>;
export const LotWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LotRow"}},{"kind":"Field","name":{"kind":"Name","value":"producer"}},{"kind":"Field","name":{"kind":"Name","value":"latitude"}},{"kind":"Field","name":{"kind":"Name","value":"longitude"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shelves"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skuId"}},{"kind":"Field","name":{"kind":"Name","value":"unitGrams"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"lost"}},{"kind":"Field","name":{"kind":"Name","value":"shipped"}},{"kind":"Field","name":{"kind":"Name","value":"blocked"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"photos"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"corrects"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"facts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fact"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"anchored"}},{"kind":"Field","name":{"kind":"Name","value":"faults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fault"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"sentence"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}},{"kind":"Field","name":{"kind":"Name","value":"plot"}},{"kind":"Field","name":{"kind":"Name","value":"grade"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"heldByPlatform"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedOn"}},{"kind":"Field","name":{"kind":"Name","value":"bestBefore"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedGrams"}},{"kind":"Field","name":{"kind":"Name","value":"shrinkGrams"}},{"kind":"Field","name":{"kind":"Name","value":"allocatedGrams"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]} as unknown as DocumentNode<LotWholeFragment, unknown>;
export const PieceBatchRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PieceBatchRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PieceBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"pieces"}},{"kind":"Field","name":{"kind":"Name","value":"madeBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scanned"}},{"kind":"Field","name":{"kind":"Name","value":"scans"}}]}}]}}]} as unknown as DocumentNode<PieceBatchRowFragment, unknown>;
export const RecallRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lotId"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"figures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}}]}}]}}]} as unknown as DocumentNode<RecallRowFragment, unknown>;
export const FreightRuleRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FreightRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FreightRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"places"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deliverable"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstFee"}},{"kind":"Field","name":{"kind":"Name","value":"step"}},{"kind":"Field","name":{"kind":"Name","value":"stepFee"}}]}}]} as unknown as DocumentNode<FreightRuleRowFragment, unknown>;
export const FreightRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FreightRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FreightTemplate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"coldFee"}},{"kind":"Field","name":{"kind":"Name","value":"coldFrom"}},{"kind":"Field","name":{"kind":"Name","value":"coldTo"}},{"kind":"Field","name":{"kind":"Name","value":"packGrams"}},{"kind":"Field","name":{"kind":"Name","value":"packFee"}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"defaultRule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FreightRuleRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FreightRuleRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"frees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"places"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fromQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"fromAmount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FreightRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FreightRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"places"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deliverable"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstFee"}},{"kind":"Field","name":{"kind":"Name","value":"step"}},{"kind":"Field","name":{"kind":"Name","value":"stepFee"}}]}}]} as unknown as DocumentNode<FreightRowFragment, unknown>;
export const PackingSlipFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PackingSlipFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"remark"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"region"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"toShip"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<PackingSlipFieldsFragment, unknown>;
export const ProductFormFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProductFormFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"subtitle"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reviewNote"}},{"kind":"Field","name":{"kind":"Name","value":"categoryId"}},{"kind":"Field","name":{"kind":"Name","value":"originCode"}},{"kind":"Field","name":{"kind":"Name","value":"storage"}},{"kind":"Field","name":{"kind":"Name","value":"returnClass"}},{"kind":"Field","name":{"kind":"Name","value":"freightTemplateId"}},{"kind":"Field","name":{"kind":"Name","value":"shelfLifeDays"}},{"kind":"Field","name":{"kind":"Name","value":"harvestFrom"}},{"kind":"Field","name":{"kind":"Name","value":"harvestTo"}},{"kind":"Field","name":{"kind":"Name","value":"harvestFromDay"}},{"kind":"Field","name":{"kind":"Name","value":"shipsFrom"}},{"kind":"Field","name":{"kind":"Name","value":"grade"}},{"kind":"Field","name":{"kind":"Name","value":"soldBy"}},{"kind":"Field","name":{"kind":"Name","value":"tolerancePercent"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attributeId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingChangeId"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"focusX"}},{"kind":"Field","name":{"kind":"Name","value":"focusY"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clip"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"milliseconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clipPoster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"skus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"marketWanted"}},{"kind":"Field","name":{"kind":"Name","value":"marketWantedBasis"}},{"kind":"Field","name":{"kind":"Name","value":"marketSource"}},{"kind":"Field","name":{"kind":"Name","value":"marketHidden"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"grossWeight"}},{"kind":"Field","name":{"kind":"Name","value":"length"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"limitEach"}},{"kind":"Field","name":{"kind":"Name","value":"limitDays"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}}]}}]} as unknown as DocumentNode<ProductFormFieldsFragment, unknown>;
export const StockRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StockRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"actual"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"lowAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"tracedSince"}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StockRowFragment, unknown>;
export const NoticeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoticeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Notice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"readAt"}},{"kind":"Field","name":{"kind":"Name","value":"readBy"}}]}}]} as unknown as DocumentNode<NoticeRowFragment, unknown>;
export const OrderRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"buyerName"}},{"kind":"Field","name":{"kind":"Name","value":"remark"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"toShip"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]}}]} as unknown as DocumentNode<OrderRowFragment, unknown>;
export const PickupFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderPickup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"pickedUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"handedOverBy"}}]}}]} as unknown as DocumentNode<PickupFieldsFragment, unknown>;
export const OrderDetailFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderDetailFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"closeReason"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"remark"}},{"kind":"Field","name":{"kind":"Name","value":"buyerName"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"shippedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"autoConfirmAt"}},{"kind":"Field","name":{"kind":"Name","value":"trade"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PickupFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"returnClass"}},{"kind":"Field","name":{"kind":"Name","value":"shippedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"withdrawnQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"toShip"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"shippedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"latestText"}},{"kind":"Field","name":{"kind":"Name","value":"latestAt"}},{"kind":"Field","name":{"kind":"Name","value":"signedAt"}},{"kind":"Field","name":{"kind":"Name","value":"upload"}},{"kind":"Field","name":{"kind":"Name","value":"uploadNote"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderPickup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"pickedUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"handedOverBy"}}]}}]} as unknown as DocumentNode<OrderDetailFieldsFragment, unknown>;
export const ParcelStoryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParcelStory"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"shipments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"traces"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]} as unknown as DocumentNode<ParcelStoryFragment, unknown>;
export const PriceTreeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PriceTreeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceNode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"party"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}}]} as unknown as DocumentNode<PriceTreeRowFragment, unknown>;
export const PickupPointRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupPointRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PickupPoint"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionCode"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"hours"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"closed"}}]}}]} as unknown as DocumentNode<PickupPointRowFragment, unknown>;
export const PickupOrderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupOrder"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"buyerName"}},{"kind":"Field","name":{"kind":"Name","value":"remark"}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PickupFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"withdrawnQuantity"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderPickup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"pickedUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"handedOverBy"}}]}}]} as unknown as DocumentNode<PickupOrderFragment, unknown>;
export const ClashFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClashFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlanClash"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"why"}}]}}]} as unknown as DocumentNode<ClashFieldsFragment, unknown>;
export const PlanFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlanFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Plan"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"draft"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clashes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ClashFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClashFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlanClash"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"why"}}]}}]} as unknown as DocumentNode<PlanFieldsFragment, unknown>;
export const CategoryRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CategoryRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Category"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"icon"}},{"kind":"Field","name":{"kind":"Name","value":"parentId"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}}]}}]} as unknown as DocumentNode<CategoryRowFragment, unknown>;
export const OriginRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"story"}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}},{"kind":"Field","name":{"kind":"Name","value":"region"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"level"}}]}}]}}]} as unknown as DocumentNode<OriginRowFragment, unknown>;
export const MerchantRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MerchantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Merchant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"intro"}},{"kind":"Field","name":{"kind":"Name","value":"licenceDisplay"}},{"kind":"Field","name":{"kind":"Name","value":"isPlatformOwned"}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"freeFreightFrom"}},{"kind":"Field","name":{"kind":"Name","value":"logo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"region"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]} as unknown as DocumentNode<MerchantRowFragment, unknown>;
export const PartnerRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PartnerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Partner"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"contact"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"pointsPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"burst"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"keys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}}]} as unknown as DocumentNode<PartnerRowFragment, unknown>;
export const PlatformProductFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlatformProductFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"subtitle"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reviewNote"}},{"kind":"Field","name":{"kind":"Name","value":"storage"}},{"kind":"Field","name":{"kind":"Name","value":"returnClass"}},{"kind":"Field","name":{"kind":"Name","value":"shelfLifeDays"}},{"kind":"Field","name":{"kind":"Name","value":"seasonText"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"category"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"licenceDisplay"}}]}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"images"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clip"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clipPoster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"skus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"marketWanted"}},{"kind":"Field","name":{"kind":"Name","value":"marketWantedBasis"}},{"kind":"Field","name":{"kind":"Name","value":"marketSource"}},{"kind":"Field","name":{"kind":"Name","value":"marketHidden"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"grossWeight"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}}]}}]} as unknown as DocumentNode<PlatformProductFieldsFragment, unknown>;
export const WeightsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Weights"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankingWeights"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"characters"}},{"kind":"Field","name":{"kind":"Name","value":"pinyin"}},{"kind":"Field","name":{"kind":"Name","value":"letters"}},{"kind":"Field","name":{"kind":"Name","value":"initials"}},{"kind":"Field","name":{"kind":"Name","value":"category"}}]}}]} as unknown as DocumentNode<WeightsFragment, unknown>;
export const DifferenceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Difference"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SearchDifference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}}]}}]} as unknown as DocumentNode<DifferenceFragment, unknown>;
export const PreviewProductFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PreviewProduct"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"minPrice"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}}]}}]} as unknown as DocumentNode<PreviewProductFragment, unknown>;
export const PointsRuleRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PointsRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PointsRuleVersion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"earning"}},{"kind":"Field","name":{"kind":"Name","value":"spending"}},{"kind":"Field","name":{"kind":"Name","value":"perYuan"}},{"kind":"Field","name":{"kind":"Name","value":"dailyMost"}},{"kind":"Field","name":{"kind":"Name","value":"capPercent"}},{"kind":"Field","name":{"kind":"Name","value":"leastGoods"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<PointsRuleRowFragment, unknown>;
export const MemberPointsRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MemberPointsRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberPoints"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"member"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"points"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"debt"}},{"kind":"Field","name":{"kind":"Name","value":"soon"}},{"kind":"Field","name":{"kind":"Name","value":"soonAt"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}},{"kind":"Field","name":{"kind":"Name","value":"items"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"debt"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]} as unknown as DocumentNode<MemberPointsRowFragment, unknown>;
export const PresaleRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PresaleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsolePresale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"listPrice"}},{"kind":"Field","name":{"kind":"Name","value":"deposit"}},{"kind":"Field","name":{"kind":"Name","value":"depositKind"}},{"kind":"Field","name":{"kind":"Name","value":"stock"}},{"kind":"Field","name":{"kind":"Name","value":"taken"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"balanceFrom"}},{"kind":"Field","name":{"kind":"Name","value":"balanceUntil"}},{"kind":"Field","name":{"kind":"Name","value":"schedule"}},{"kind":"Field","name":{"kind":"Name","value":"harvested"}},{"kind":"Field","name":{"kind":"Name","value":"allocatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"booked"}},{"kind":"Field","name":{"kind":"Name","value":"pieces"}},{"kind":"Field","name":{"kind":"Name","value":"paidUp"}},{"kind":"Field","name":{"kind":"Name","value":"givenUp"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"deposits"}},{"kind":"Field","name":{"kind":"Name","value":"forfeited"}},{"kind":"Field","name":{"kind":"Name","value":"turnover"}},{"kind":"Field","name":{"kind":"Name","value":"compensation"}}]}}]}}]} as unknown as DocumentNode<PresaleRowFragment, unknown>;
export const ApplicationFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApplicationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignApplication"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}},{"kind":"Field","name":{"kind":"Name","value":"productIds"}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ApplicationFieldsFragment, unknown>;
export const InvitationFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvitationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"applyUntil"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}},{"kind":"Field","name":{"kind":"Name","value":"categoryIds"}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coupon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"most"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}}]}},{"kind":"Field","name":{"kind":"Name","value":"application"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApplicationFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApplicationFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignApplication"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}},{"kind":"Field","name":{"kind":"Name","value":"productIds"}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<InvitationFieldsFragment, unknown>;
export const CampaignFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}},{"kind":"Field","name":{"kind":"Name","value":"budget"}},{"kind":"Field","name":{"kind":"Name","value":"promised"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"exclusive"}},{"kind":"Field","name":{"kind":"Name","value":"categoryIds"}},{"kind":"Field","name":{"kind":"Name","value":"productIds"}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"applyUntil"}},{"kind":"Field","name":{"kind":"Name","value":"usedUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"stopReason"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"coupon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"most"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"claimed"}},{"kind":"Field","name":{"kind":"Name","value":"perMember"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"byEvent"}},{"kind":"Field","name":{"kind":"Name","value":"validDays"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}}]}}]}}]} as unknown as DocumentNode<CampaignFieldsFragment, unknown>;
export const ProductChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProductChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"skus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}}]}}]}}]} as unknown as DocumentNode<ProductChoiceFragment, unknown>;
export const CampaignTrialFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignTrialFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignTrial"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goodsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"freightBefore"}},{"kind":"Field","name":{"kind":"Name","value":"freightAfter"}},{"kind":"Field","name":{"kind":"Name","value":"totalBefore"}},{"kind":"Field","name":{"kind":"Name","value":"totalAfter"}},{"kind":"Field","name":{"kind":"Name","value":"byShop"}},{"kind":"Field","name":{"kind":"Name","value":"byPlatform"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skuId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"byShop"}},{"kind":"Field","name":{"kind":"Name","value":"byPlatform"}}]}}]}}]} as unknown as DocumentNode<CampaignTrialFieldsFragment, unknown>;
export const CampaignResultFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignResultFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignResults"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"claimed"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"returned"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"orders"}},{"kind":"Field","name":{"kind":"Name","value":"refundedOrders"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}},{"kind":"Field","name":{"kind":"Name","value":"byShop"}},{"kind":"Field","name":{"kind":"Name","value":"byPlatform"}},{"kind":"Field","name":{"kind":"Name","value":"days"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"claimed"}},{"kind":"Field","name":{"kind":"Name","value":"used"}},{"kind":"Field","name":{"kind":"Name","value":"orders"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"byShop"}},{"kind":"Field","name":{"kind":"Name","value":"byPlatform"}}]}}]}}]} as unknown as DocumentNode<CampaignResultFieldsFragment, unknown>;
export const ReferralProgrammeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReferralProgrammeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleReferralProgramme"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"bindDays"}},{"kind":"Field","name":{"kind":"Name","value":"orderDays"}},{"kind":"Field","name":{"kind":"Name","value":"leastKept"}},{"kind":"Field","name":{"kind":"Name","value":"perInviter"}},{"kind":"Field","name":{"kind":"Name","value":"perMonth"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"rewarded"}},{"kind":"Field","name":{"kind":"Name","value":"heldFrom"}},{"kind":"Field","name":{"kind":"Name","value":"stopReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"inviterCampaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"budget"}},{"kind":"Field","name":{"kind":"Name","value":"promised"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inviteeCampaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"budget"}},{"kind":"Field","name":{"kind":"Name","value":"promised"}},{"kind":"Field","name":{"kind":"Name","value":"merchantPercent"}}]}}]}}]} as unknown as DocumentNode<ReferralProgrammeRowFragment, unknown>;
export const ReferralRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReferralRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Referral"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"inviterId"}},{"kind":"Field","name":{"kind":"Name","value":"inviter"}},{"kind":"Field","name":{"kind":"Name","value":"inviteeId"}},{"kind":"Field","name":{"kind":"Name","value":"invitee"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderNumber"}},{"kind":"Field","name":{"kind":"Name","value":"kept"}},{"kind":"Field","name":{"kind":"Name","value":"suspicions"}},{"kind":"Field","name":{"kind":"Name","value":"inviterMissed"}},{"kind":"Field","name":{"kind":"Name","value":"inviteeMissed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"rewardedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ReferralRowFragment, unknown>;
export const ChannelRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChannelRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Channel"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"scene"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"picture"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]} as unknown as DocumentNode<ChannelRowFragment, unknown>;
export const SourceRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SourceResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sourceId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"came"}},{"kind":"Field","name":{"kind":"Name","value":"registered"}},{"kind":"Field","name":{"kind":"Name","value":"ordered"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"refunded"}},{"kind":"Field","name":{"kind":"Name","value":"rewarded"}}]}}]} as unknown as DocumentNode<SourceRowFragment, unknown>;
export const PostFileFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PostFileFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PostFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"likeCount"}},{"kind":"Field","name":{"kind":"Name","value":"commentCount"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenFor"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenNote"}},{"kind":"Field","name":{"kind":"Name","value":"written"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"bought"}}]}}]}}]}}]} as unknown as DocumentNode<PostFileFieldsFragment, unknown>;
export const WrittenFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WrittenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WrittenWords"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<WrittenFieldsFragment, unknown>;
export const ShopReviewFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShopReviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ShopReview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"freshness"}},{"kind":"Field","name":{"kind":"Name","value":"accuracy"}},{"kind":"Field","name":{"kind":"Name","value":"logistics"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"helpfulCount"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"words"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"followUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replies"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WrittenFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WrittenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WrittenWords"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<ShopReviewFieldsFragment, unknown>;
export const ReviewFileFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewFileFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"anonymous"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenFor"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenNote"}},{"kind":"Field","name":{"kind":"Name","value":"helpfulCount"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"written"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WrittenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appeals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WrittenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WrittenWords"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<ReviewFileFieldsFragment, unknown>;
export const ContentCheckFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ContentCheckFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ContentCheck"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"words"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<ContentCheckFieldsFragment, unknown>;
export const SettlementFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SettlementFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Settlement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderNumber"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"net"}},{"kind":"Field","name":{"kind":"Name","value":"commission"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}},{"kind":"Field","name":{"kind":"Name","value":"subsidy"}},{"kind":"Field","name":{"kind":"Name","value":"settledAt"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAt"}}]}}]} as unknown as DocumentNode<SettlementFieldsFragment, unknown>;
export const SettlementSumFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SettlementSumFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SettlementSums"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"net"}},{"kind":"Field","name":{"kind":"Name","value":"commission"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}}]}}]} as unknown as DocumentNode<SettlementSumFieldsFragment, unknown>;
export const PayoutFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayoutFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Payout"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"askedBy"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"byTransfer"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<PayoutFieldsFragment, unknown>;
export const PlatformPayoutFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlatformPayoutFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlatformPayout"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"askedBy"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"byTransfer"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"tries"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<PlatformPayoutFieldsFragment, unknown>;
export const FundsFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FundsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MerchantFunds"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"coming"}},{"kind":"Field","name":{"kind":"Name","value":"owed"}},{"kind":"Field","name":{"kind":"Name","value":"onTheWay"}},{"kind":"Field","name":{"kind":"Name","value":"paidOut"}},{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"least"}},{"kind":"Field","name":{"kind":"Name","value":"nextAt"}}]}}]} as unknown as DocumentNode<FundsFieldsFragment, unknown>;
export const PlatformSettlementFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlatformSettlementFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlatformSettlement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"orderNumber"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"net"}},{"kind":"Field","name":{"kind":"Name","value":"commission"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}},{"kind":"Field","name":{"kind":"Name","value":"subsidy"}},{"kind":"Field","name":{"kind":"Name","value":"settledAt"}},{"kind":"Field","name":{"kind":"Name","value":"sharedAt"}},{"kind":"Field","name":{"kind":"Name","value":"trouble"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"tries"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]} as unknown as DocumentNode<PlatformSettlementFieldsFragment, unknown>;
export const VoucherBatchRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VoucherBatchRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VoucherBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"made"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"bound"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"owed"}},{"kind":"Field","name":{"kind":"Name","value":"redeemed"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]} as unknown as DocumentNode<VoucherBatchRowFragment, unknown>;
export const ConsoleVoucherRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleVoucherRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleVoucher"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"owed"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenFor"}},{"kind":"Field","name":{"kind":"Name","value":"refundReference"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ConsoleVoucherRowFragment, unknown>;
export const ConsoleVoucherLogFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleVoucherLog"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsoleVoucher"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleVoucherLogFragment, unknown>;
export const StaffLoginDocument = {"__meta__":{"id":"bc7774563a62df9a0ee96323f9a7c9c8177cc3f65807d4f83f386da59adb7b2e","name":"StaffLogin","kind":"mutation"}} as unknown as DocumentNode<StaffLoginMutation, StaffLoginMutationVariables>;
export const StaffRefreshDocument = {"__meta__":{"id":"efdaac05d86dc29980ee0c7657e82caa66ab9c94740c8450bc14c5d22ab59c9f","name":"StaffRefresh","kind":"mutation"}} as unknown as DocumentNode<StaffRefreshMutation, StaffRefreshMutationVariables>;
export const StaffMeDocument = {"__meta__":{"id":"74e3a29e709cace0a1e329f0c163bcaea047c0ce5ecea91c68a26e65a5544bb2","name":"StaffMe","kind":"query"}} as unknown as DocumentNode<StaffMeQuery, StaffMeQueryVariables>;
export const StaffLogoutDocument = {"__meta__":{"id":"3070610426670265a8de8ab4c41149545a8e57764ebe9ac80e6e3c925e5969d0","name":"StaffLogout","kind":"mutation"}} as unknown as DocumentNode<StaffLogoutMutation, StaffLogoutMutationVariables>;
export const RequestUploadDocument = {"__meta__":{"id":"7fc5a9aede579f4ad39f31d4d8c5b3956d5063329416dfc59df27ca141a293dd","name":"RequestUpload","kind":"mutation"}} as unknown as DocumentNode<RequestUploadMutation, RequestUploadMutationVariables>;
export const FinishUploadDocument = {"__meta__":{"id":"0bc83eddb6587f3a7896369bb6785b6efeb861542843bd1d15cf6fcdc65ba2a1","name":"FinishUpload","kind":"mutation"}} as unknown as DocumentNode<FinishUploadMutation, FinishUploadMutationVariables>;
export const MerchantOrderArrivedDocument = {"__meta__":{"id":"a956ad18ea39f75c0554a992cfc6232907107cb7dbaed90bfb80b37152cc7321","name":"MerchantOrderArrived","kind":"subscription"}} as unknown as DocumentNode<MerchantOrderArrivedSubscription, MerchantOrderArrivedSubscriptionVariables>;
export const StaffChangePasswordDocument = {"__meta__":{"id":"7cbf26a700911965415bffa60e4b6b2fd6b06d6d3bea1df53b569c540d6067d0","name":"StaffChangePassword","kind":"mutation"}} as unknown as DocumentNode<StaffChangePasswordMutation, StaffChangePasswordMutationVariables>;
export const StaffBeginTotpDocument = {"__meta__":{"id":"2853b214eb930abee7d406c6c3e319d75a2ae283f684625d6ba4c86a9af7ed76","name":"StaffBeginTotp","kind":"mutation"}} as unknown as DocumentNode<StaffBeginTotpMutation, StaffBeginTotpMutationVariables>;
export const StaffConfirmTotpDocument = {"__meta__":{"id":"6a129fba97f6f5e577fb0c904c8df6dd45df86bc393e0dcd8be195ce0c6a7fcc","name":"StaffConfirmTotp","kind":"mutation"}} as unknown as DocumentNode<StaffConfirmTotpMutation, StaffConfirmTotpMutationVariables>;
export const MerchantAfterSalesDocument = {"__meta__":{"id":"e92225920f4c528415a0454fa6bb492f146a590af0a66170e51410fb1684a8c3","name":"MerchantAfterSales","kind":"query"}} as unknown as DocumentNode<MerchantAfterSalesQuery, MerchantAfterSalesQueryVariables>;
export const MerchantAfterSaleDocument = {"__meta__":{"id":"5d90cae7c666dea4e1f3fd78d5882c472a5db5359131c7734511322243ef2c3f","name":"MerchantAfterSale","kind":"query"}} as unknown as DocumentNode<MerchantAfterSaleQuery, MerchantAfterSaleQueryVariables>;
export const PlatformAfterSalesDocument = {"__meta__":{"id":"066290c3d58abef482f0e27faab96121a5ac693060d23547cbefefa09b31fd38","name":"PlatformAfterSales","kind":"query"}} as unknown as DocumentNode<PlatformAfterSalesQuery, PlatformAfterSalesQueryVariables>;
export const PlatformAfterSaleDocument = {"__meta__":{"id":"3a25d9a1a7d156a8692e5b0f126c509e1c99125495c816079490281f40e0e52a","name":"PlatformAfterSale","kind":"query"}} as unknown as DocumentNode<PlatformAfterSaleQuery, PlatformAfterSaleQueryVariables>;
export const MerchantReturnAddressDocument = {"__meta__":{"id":"4190b5b138df6958374195b45f4f0ea3bf9d94b7f8409930ea33776e92dcaea5","name":"MerchantReturnAddress","kind":"query"}} as unknown as DocumentNode<MerchantReturnAddressQuery, MerchantReturnAddressQueryVariables>;
export const PlatformFundsDocument = {"__meta__":{"id":"932f4ffdf994e14d959aba0fdb71c2d1d6b7f37286b2ab3bca97d4c99e66b793","name":"PlatformFunds","kind":"query"}} as unknown as DocumentNode<PlatformFundsQuery, PlatformFundsQueryVariables>;
export const MerchantAfterSaleChangedDocument = {"__meta__":{"id":"0049e9ddac5368ff3f2a10528a3041b68369d6ef684a214ea730b065466cb9d9","name":"MerchantAfterSaleChanged","kind":"subscription"}} as unknown as DocumentNode<MerchantAfterSaleChangedSubscription, MerchantAfterSaleChangedSubscriptionVariables>;
export const AfterSaleNewsDocument = {"__meta__":{"id":"d39602c1b05afd97faaa42e1d86f7536c4b84439ffcd2f41b0844d8bbfd60d5f","name":"AfterSaleNews","kind":"subscription"}} as unknown as DocumentNode<AfterSaleNewsSubscription, AfterSaleNewsSubscriptionVariables>;
export const AgreeAfterSaleDocument = {"__meta__":{"id":"e89b7d572b8fa6f317edeea04668f6b6f998d907be516a180e0ce575684da549","name":"AgreeAfterSale","kind":"mutation"}} as unknown as DocumentNode<AgreeAfterSaleMutation, AgreeAfterSaleMutationVariables>;
export const RejectAfterSaleDocument = {"__meta__":{"id":"8c685d8fb5a3674284432bdb197c424284e3db523bafb89dab4f3aa0131efac8","name":"RejectAfterSale","kind":"mutation"}} as unknown as DocumentNode<RejectAfterSaleMutation, RejectAfterSaleMutationVariables>;
export const ReceiveReturnDocument = {"__meta__":{"id":"1d00114ed4ef474bd4c4acfc945de1bbc4848b61879390c2e44c9e6035ab34c6","name":"ReceiveReturn","kind":"mutation"}} as unknown as DocumentNode<ReceiveReturnMutation, ReceiveReturnMutationVariables>;
export const RefundReturnDocument = {"__meta__":{"id":"75d5ddb1d2458040b0f8c46175728721e41dd7f5d2178f1c335235bb566fc5ff","name":"RefundReturn","kind":"mutation"}} as unknown as DocumentNode<RefundReturnMutation, RefundReturnMutationVariables>;
export const ContestReturnDocument = {"__meta__":{"id":"563eca7dbb607d6eae33ccb4eba283f40625af7480be75365c203290f3cc7986","name":"ContestReturn","kind":"mutation"}} as unknown as DocumentNode<ContestReturnMutation, ContestReturnMutationVariables>;
export const ShipReplacementDocument = {"__meta__":{"id":"c568d4b233156299655f2625f76522f7f7500fb73e40dec8a4a38aef2c2b0403","name":"ShipReplacement","kind":"mutation"}} as unknown as DocumentNode<ShipReplacementMutation, ShipReplacementMutationVariables>;
export const SpeakOnCaseDocument = {"__meta__":{"id":"ce4adadb32a8a3901e52072ec7e4acff5a956627e1db06a015f0786eb71a52e8","name":"SpeakOnCase","kind":"mutation"}} as unknown as DocumentNode<SpeakOnCaseMutation, SpeakOnCaseMutationVariables>;
export const DecideAfterSaleDocument = {"__meta__":{"id":"c1969c1f8d2ee96070cc8dae3c83b3fd60194388e6d2a301d45e5014d9c0237b","name":"DecideAfterSale","kind":"mutation"}} as unknown as DocumentNode<DecideAfterSaleMutation, DecideAfterSaleMutationVariables>;
export const SaveReturnAddressDocument = {"__meta__":{"id":"1fb13cd351192f12b56df06f5e992eb0a655d98163cd4c289133b248d37bbd7b","name":"SaveReturnAddress","kind":"mutation"}} as unknown as DocumentNode<SaveReturnAddressMutation, SaveReturnAddressMutationVariables>;
export const RetryRefundDocument = {"__meta__":{"id":"7305f9cd31a26090550691cc01f12cc91fd2f5809f38c7ff65c4faa8efadaa93","name":"RetryRefund","kind":"mutation"}} as unknown as DocumentNode<RetryRefundMutation, RetryRefundMutationVariables>;
export const RefundOfflineDocument = {"__meta__":{"id":"b364b88ac3cf4dbf288bb4c80de1d89f998eeb31be3ca8838d75665c428414e4","name":"RefundOffline","kind":"mutation"}} as unknown as DocumentNode<RefundOfflineMutation, RefundOfflineMutationVariables>;
export const RefundToMerchantDocument = {"__meta__":{"id":"3a228227345da4011d46cd9a7686441e7328154166a33eb8ffc7bfcfadb0aa64","name":"RefundToMerchant","kind":"mutation"}} as unknown as DocumentNode<RefundToMerchantMutation, RefundToMerchantMutationVariables>;
export const AcceptPaymentDocument = {"__meta__":{"id":"453419523edcfdb0af4f449372c1d53282f7bd3406a422deb391ccaa7743741d","name":"AcceptPayment","kind":"mutation"}} as unknown as DocumentNode<AcceptPaymentMutation, AcceptPaymentMutationVariables>;
export const SendPaymentBackDocument = {"__meta__":{"id":"e9baa520abf0c81013e566b0d3f0ed0325500ce9c2d15634897bb0c553e84262","name":"SendPaymentBack","kind":"mutation"}} as unknown as DocumentNode<SendPaymentBackMutation, SendPaymentBackMutationVariables>;
export const PlatformBillsDocument = {"__meta__":{"id":"018e07770079cebc2a5268bf4773164365d5a57535551f58c5c797250cc09e98","name":"PlatformBills","kind":"query"}} as unknown as DocumentNode<PlatformBillsQuery, PlatformBillsQueryVariables>;
export const PlatformBillDocument = {"__meta__":{"id":"30c6db017dd336167d47e54306cd6a417f16c359564e69e114169b38d42c39ab","name":"PlatformBill","kind":"query"}} as unknown as DocumentNode<PlatformBillQuery, PlatformBillQueryVariables>;
export const PlatformExplainDifferenceDocument = {"__meta__":{"id":"111f270dcbe150f1578a0f36c39cdc30e45d14daccf8028cf44c11ed595befcc","name":"PlatformExplainDifference","kind":"mutation"}} as unknown as DocumentNode<PlatformExplainDifferenceMutation, PlatformExplainDifferenceMutationVariables>;
export const PlatformFetchBillDocument = {"__meta__":{"id":"60f741d23e9c9df1ec71e41570c25dfe4385f18de1cafc2538ff24b9572c0fab","name":"PlatformFetchBill","kind":"mutation"}} as unknown as DocumentNode<PlatformFetchBillMutation, PlatformFetchBillMutationVariables>;
export const PlatformCardBatchesDocument = {"__meta__":{"id":"9d5c4c55e0c958e5579ef78d107aa10f8a40d1b00dca252783fb79ac361a1ed0","name":"PlatformCardBatches","kind":"query"}} as unknown as DocumentNode<PlatformCardBatchesQuery, PlatformCardBatchesQueryVariables>;
export const PlatformCardLiabilityDocument = {"__meta__":{"id":"1f87d51409429498bce1c9e0ea6c3d0a3c94d498657728201c26e247c5760836","name":"PlatformCardLiability","kind":"query"}} as unknown as DocumentNode<PlatformCardLiabilityQuery, PlatformCardLiabilityQueryVariables>;
export const PlatformCardsDocument = {"__meta__":{"id":"e38e3dae4cba1ccad637d237dbe8028a0f0d32c023a9396963d5b547b032efe7","name":"PlatformCards","kind":"query"}} as unknown as DocumentNode<PlatformCardsQuery, PlatformCardsQueryVariables>;
export const CardIssuersDocument = {"__meta__":{"id":"198b0fb64197a14cf46f4006970a5da964490aea66e6e8d04a8eee8d9ebe6164","name":"CardIssuers","kind":"query"}} as unknown as DocumentNode<CardIssuersQuery, CardIssuersQueryVariables>;
export const PlatformOpenCardBatchDocument = {"__meta__":{"id":"ec873628dfb6ad5fafe0bdb2d24ed7bfbf1424c5a513becbe3e08f1a072d5e58","name":"PlatformOpenCardBatch","kind":"mutation"}} as unknown as DocumentNode<PlatformOpenCardBatchMutation, PlatformOpenCardBatchMutationVariables>;
export const PlatformIssueCardsDocument = {"__meta__":{"id":"f8b54277717518640b4698494f9c885e4e7bda494f4f1fb8bef53c939694b754","name":"PlatformIssueCards","kind":"mutation"}} as unknown as DocumentNode<PlatformIssueCardsMutation, PlatformIssueCardsMutationVariables>;
export const PlatformStopCardBatchDocument = {"__meta__":{"id":"9962d1834e0d1d4fd8553d97660c2479d138fe00134f5af4a14213eb597759a1","name":"PlatformStopCardBatch","kind":"mutation"}} as unknown as DocumentNode<PlatformStopCardBatchMutation, PlatformStopCardBatchMutationVariables>;
export const PlatformFreezeCardDocument = {"__meta__":{"id":"fc1471c5b1f13b56fa265500f3a404ec61714a5850253305e5ac7b0e90ef63b2","name":"PlatformFreezeCard","kind":"mutation"}} as unknown as DocumentNode<PlatformFreezeCardMutation, PlatformFreezeCardMutationVariables>;
export const PlatformUnfreezeCardDocument = {"__meta__":{"id":"e804505ba522b5e234845b2461aae78e721972b1e575e644ee38d2dedfb95ba6","name":"PlatformUnfreezeCard","kind":"mutation"}} as unknown as DocumentNode<PlatformUnfreezeCardMutation, PlatformUnfreezeCardMutationVariables>;
export const PlatformRefundCardDocument = {"__meta__":{"id":"713e10a227a50998ee6077fb479eff0a814ec52ab925cc0abd4548c9daf33cd1","name":"PlatformRefundCard","kind":"mutation"}} as unknown as DocumentNode<PlatformRefundCardMutation, PlatformRefundCardMutationVariables>;
export const PlatformCardLotsDocument = {"__meta__":{"id":"10e453b440ecc8a15fac0fccd348dc0d165a2cda24f0b3023698af75bdd83eda","name":"PlatformCardLots","kind":"query"}} as unknown as DocumentNode<PlatformCardLotsQuery, PlatformCardLotsQueryVariables>;
export const PlatformVoucherLotsDocument = {"__meta__":{"id":"787e011b48139ad4e0d153c502b223286643a2401dd76ac9322a2454460bec2c","name":"PlatformVoucherLots","kind":"query"}} as unknown as DocumentNode<PlatformVoucherLotsQuery, PlatformVoucherLotsQueryVariables>;
export const MerchantVoucherLotsDocument = {"__meta__":{"id":"ced76afeffb4ef01888876d40d180fe0dd051c6ef20fa01d4d38087128b5bbe5","name":"MerchantVoucherLots","kind":"query"}} as unknown as DocumentNode<MerchantVoucherLotsQuery, MerchantVoucherLotsQueryVariables>;
export const PlatformFreezeCardCodesDocument = {"__meta__":{"id":"6a35f582b233e50ccffe94607b4ed7546f65207a560b6f064aa12fab2b775ae3","name":"PlatformFreezeCardCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformFreezeCardCodesMutation, PlatformFreezeCardCodesMutationVariables>;
export const PlatformThawCardCodesDocument = {"__meta__":{"id":"4b73b7b7f27a12664575ad0af20173ffdc11e831899ff877742f2ea98850f0db","name":"PlatformThawCardCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformThawCardCodesMutation, PlatformThawCardCodesMutationVariables>;
export const PlatformVoidCardCodesDocument = {"__meta__":{"id":"87914928dc840ce53a8d082b5d00a630317c2ca1b126be22c117c39431d512af","name":"PlatformVoidCardCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformVoidCardCodesMutation, PlatformVoidCardCodesMutationVariables>;
export const PlatformFreezeVoucherCodesDocument = {"__meta__":{"id":"7f0df868b82aa7a6a0a963add4bdb7b41e1a8e18ec42133ce6a348c0e37e2c50","name":"PlatformFreezeVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformFreezeVoucherCodesMutation, PlatformFreezeVoucherCodesMutationVariables>;
export const PlatformThawVoucherCodesDocument = {"__meta__":{"id":"bac64785e37567444ffb917849b3be9d6cb7d24e43809fd5023620ee76960e49","name":"PlatformThawVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformThawVoucherCodesMutation, PlatformThawVoucherCodesMutationVariables>;
export const PlatformVoidVoucherCodesDocument = {"__meta__":{"id":"f64390cf92c9ee8d495062b70018145f3361672379e1b3cc0a8e841f51102ac6","name":"PlatformVoidVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<PlatformVoidVoucherCodesMutation, PlatformVoidVoucherCodesMutationVariables>;
export const MerchantFreezeVoucherCodesDocument = {"__meta__":{"id":"1d022474e9f8a5c7239dbea2d0460371196f6ea4f661f30405ee14b308512bea","name":"MerchantFreezeVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<MerchantFreezeVoucherCodesMutation, MerchantFreezeVoucherCodesMutationVariables>;
export const MerchantThawVoucherCodesDocument = {"__meta__":{"id":"ece5035fa424005e939a7c4ebe9b68ebc61afda0dd3b8b7f9048332059275fcf","name":"MerchantThawVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<MerchantThawVoucherCodesMutation, MerchantThawVoucherCodesMutationVariables>;
export const MerchantVoidVoucherCodesDocument = {"__meta__":{"id":"8db5e5449e61161de8c155455c362d5338f03e81b38492df5816022e104b7114","name":"MerchantVoidVoucherCodes","kind":"mutation"}} as unknown as DocumentNode<MerchantVoidVoucherCodesMutation, MerchantVoidVoucherCodesMutationVariables>;
export const PlatformCommissionRulesDocument = {"__meta__":{"id":"87513f4ea1b9f2e6726673970d1ce8e605c9bfc1aa0a5671686af3fcb6cd5d2c","name":"PlatformCommissionRules","kind":"query"}} as unknown as DocumentNode<PlatformCommissionRulesQuery, PlatformCommissionRulesQueryVariables>;
export const PlatformCommissionPreviewDocument = {"__meta__":{"id":"6e12682b5239f50d46d0c3a6d5f2caa12c2aacfcb1c7fa10319afa7e1b34bc51","name":"PlatformCommissionPreview","kind":"query"}} as unknown as DocumentNode<PlatformCommissionPreviewQuery, PlatformCommissionPreviewQueryVariables>;
export const MerchantCommissionRulesDocument = {"__meta__":{"id":"acc97b697723c25d40e0d728703116ce59563adfcc324ef2d8e1c647ebb38d8b","name":"MerchantCommissionRules","kind":"query"}} as unknown as DocumentNode<MerchantCommissionRulesQuery, MerchantCommissionRulesQueryVariables>;
export const PlatformAddCommissionRuleDocument = {"__meta__":{"id":"eac872329defb10f19d667b901a8bf1839244546121b104d1463eb472b061ead","name":"PlatformAddCommissionRule","kind":"mutation"}} as unknown as DocumentNode<PlatformAddCommissionRuleMutation, PlatformAddCommissionRuleMutationVariables>;
export const PlatformEndCommissionRuleDocument = {"__meta__":{"id":"6e3edda91dc9c9df671858d4ad321b7809e20a3f5bc94a4d4dfe6b7cf2d9833c","name":"PlatformEndCommissionRule","kind":"mutation"}} as unknown as DocumentNode<PlatformEndCommissionRuleMutation, PlatformEndCommissionRuleMutationVariables>;
export const FlashSessionChoicesDocument = {"__meta__":{"id":"9b216e19cf430d2d03bdb33004e3fbc81744c971fd86dcf313e4f5b63b369ef9","name":"FlashSessionChoices","kind":"query"}} as unknown as DocumentNode<FlashSessionChoicesQuery, FlashSessionChoicesQueryVariables>;
export const MerchantFlashOffersDocument = {"__meta__":{"id":"6675ab0126f1079ab0771d6d24f801eb06dd43961b503cd97ed1369863d13b01","name":"MerchantFlashOffers","kind":"query"}} as unknown as DocumentNode<MerchantFlashOffersQuery, MerchantFlashOffersQueryVariables>;
export const PlatformFlashOffersDocument = {"__meta__":{"id":"aca2f91f51a18131b933bd6df62fff851f08a858f7c9295d47ecb8ebcc8bc795","name":"PlatformFlashOffers","kind":"query"}} as unknown as DocumentNode<PlatformFlashOffersQuery, PlatformFlashOffersQueryVariables>;
export const PlatformFlashSessionsDocument = {"__meta__":{"id":"64a749cd0256da3cae6c67a9b588fcb043c381ab7aeec66898079a319f4eaca6","name":"PlatformFlashSessions","kind":"query"}} as unknown as DocumentNode<PlatformFlashSessionsQuery, PlatformFlashSessionsQueryVariables>;
export const FlashSkuChoicesDocument = {"__meta__":{"id":"4657327f7366322f634b281ec0f4c11f449b4ddef7fcf9a9d3918b298a6c4c84","name":"FlashSkuChoices","kind":"query"}} as unknown as DocumentNode<FlashSkuChoicesQuery, FlashSkuChoicesQueryVariables>;
export const ApplyForFlashDocument = {"__meta__":{"id":"d597f5c494bd9178e896f91188bd0e2216d58b7b42aff83a4261cd35ae65b834","name":"ApplyForFlash","kind":"mutation"}} as unknown as DocumentNode<ApplyForFlashMutation, ApplyForFlashMutationVariables>;
export const WithdrawFlashOfferDocument = {"__meta__":{"id":"5edcde7415ca4b3353d2ead0436140972093fcf031e42624e9cf8d5598ad6f23","name":"WithdrawFlashOffer","kind":"mutation"}} as unknown as DocumentNode<WithdrawFlashOfferMutation, WithdrawFlashOfferMutationVariables>;
export const SaveFlashSessionDocument = {"__meta__":{"id":"0f3527933e621d8860cfc055e4b71dc2098bbd111fa5eacd7f0f164e474c9263","name":"SaveFlashSession","kind":"mutation"}} as unknown as DocumentNode<SaveFlashSessionMutation, SaveFlashSessionMutationVariables>;
export const PublishFlashOfferDocument = {"__meta__":{"id":"411717384d9c348bbac97c4b2b8facd6a4c1531a8fe30aa45ab9de322c3343a6","name":"PublishFlashOffer","kind":"mutation"}} as unknown as DocumentNode<PublishFlashOfferMutation, PublishFlashOfferMutationVariables>;
export const DeclineFlashOfferDocument = {"__meta__":{"id":"ceeeb5a220ac5da8d65b19c57312d23796d00fdc8eec9fb51cc0f91466df2420","name":"DeclineFlashOffer","kind":"mutation"}} as unknown as DocumentNode<DeclineFlashOfferMutation, DeclineFlashOfferMutationVariables>;
export const EndFlashOfferDocument = {"__meta__":{"id":"92d352d899c41be8f572cac087cc97486f62413faa6ef0afec9774f98ebfcb39","name":"EndFlashOffer","kind":"mutation"}} as unknown as DocumentNode<EndFlashOfferMutation, EndFlashOfferMutationVariables>;
export const MerchantGroupActivitiesDocument = {"__meta__":{"id":"ccdee18a238bb733b252e3d2d3163ba8d94a5db742b272877fa65cc9015a046c","name":"MerchantGroupActivities","kind":"query"}} as unknown as DocumentNode<MerchantGroupActivitiesQuery, MerchantGroupActivitiesQueryVariables>;
export const PlatformGroupActivitiesDocument = {"__meta__":{"id":"037bbeb4bdf95c422c90c20e77035f64596f005c7828ef3c32c98661c1bba687","name":"PlatformGroupActivities","kind":"query"}} as unknown as DocumentNode<PlatformGroupActivitiesQuery, PlatformGroupActivitiesQueryVariables>;
export const MerchantGroupsDocument = {"__meta__":{"id":"e7543b2f8f7d4e97a5f54bef4dd68fd45d22ac827b391e66a7f4ff7ffd577f91","name":"MerchantGroups","kind":"query"}} as unknown as DocumentNode<MerchantGroupsQuery, MerchantGroupsQueryVariables>;
export const PlatformGroupsDocument = {"__meta__":{"id":"bdda92d644907ba2acb5529852e4fd2e7fab8e9e4b92ea5c89de761753242448","name":"PlatformGroups","kind":"query"}} as unknown as DocumentNode<PlatformGroupsQuery, PlatformGroupsQueryVariables>;
export const GroupSkuChoicesDocument = {"__meta__":{"id":"234221b935c516f67cc190f6758d95bb8bf9a7062dea1faa23cb18b71626cc05","name":"GroupSkuChoices","kind":"query"}} as unknown as DocumentNode<GroupSkuChoicesQuery, GroupSkuChoicesQueryVariables>;
export const SaveGroupActivityDocument = {"__meta__":{"id":"b03d8014a19b7a0cd9f15ae89dbee3ba563c3b3d03397040e3fded84465f38d3","name":"SaveGroupActivity","kind":"mutation"}} as unknown as DocumentNode<SaveGroupActivityMutation, SaveGroupActivityMutationVariables>;
export const PublishGroupActivityDocument = {"__meta__":{"id":"cf900ab0af413918ce540024ade41e808758b4902cea5954caf50de5f86afbe5","name":"PublishGroupActivity","kind":"mutation"}} as unknown as DocumentNode<PublishGroupActivityMutation, PublishGroupActivityMutationVariables>;
export const StopGroupActivityDocument = {"__meta__":{"id":"b69f6a6b5eb54849e4fd404aed291a62742655bd15fa3cf84a09fe3f5ee03cdc","name":"StopGroupActivity","kind":"mutation"}} as unknown as DocumentNode<StopGroupActivityMutation, StopGroupActivityMutationVariables>;
export const MerchantInvoicesDocument = {"__meta__":{"id":"6d430fd9615659ba0decf96c670c60eb2a88cfbb36a00a561a21a58ee2a5e574","name":"MerchantInvoices","kind":"query"}} as unknown as DocumentNode<MerchantInvoicesQuery, MerchantInvoicesQueryVariables>;
export const MerchantIssueInvoiceDocument = {"__meta__":{"id":"b3c355ee937b6928779bd9c34609d385bb4e23cfd63d433fa50e5d7588ca25a2","name":"MerchantIssueInvoice","kind":"mutation"}} as unknown as DocumentNode<MerchantIssueInvoiceMutation, MerchantIssueInvoiceMutationVariables>;
export const MerchantRefuseInvoiceDocument = {"__meta__":{"id":"97fc853e1b885848bf129d8f90c0c00f47b877e6b47c187d86f91317db437a02","name":"MerchantRefuseInvoice","kind":"mutation"}} as unknown as DocumentNode<MerchantRefuseInvoiceMutation, MerchantRefuseInvoiceMutationVariables>;
export const PlatformTrialBalanceDocument = {"__meta__":{"id":"a7d6bf51aff468db25a5350a0ba3ee057c4e98514de2217675ffd075bbb46fdc","name":"PlatformTrialBalance","kind":"query"}} as unknown as DocumentNode<PlatformTrialBalanceQuery, PlatformTrialBalanceQueryVariables>;
export const PlatformLedgerAccountsDocument = {"__meta__":{"id":"50f84e25033579758f46d8930c110a80baad0803797a26eaa0855331654574c1","name":"PlatformLedgerAccounts","kind":"query"}} as unknown as DocumentNode<PlatformLedgerAccountsQuery, PlatformLedgerAccountsQueryVariables>;
export const PlatformLedgerEntriesDocument = {"__meta__":{"id":"f399bf6ea6c93ff7f96d6f9feaa06d2445ef6ff0cb63f4dd9d314a282080fc28","name":"PlatformLedgerEntries","kind":"query"}} as unknown as DocumentNode<PlatformLedgerEntriesQuery, PlatformLedgerEntriesQueryVariables>;
export const PlatformLedgerTransactionDocument = {"__meta__":{"id":"7e0e90dbc6b8fac53f8c4b5deaae9b55de826a52843b617a66fb2b0aa1f8f746","name":"PlatformLedgerTransaction","kind":"query"}} as unknown as DocumentNode<PlatformLedgerTransactionQuery, PlatformLedgerTransactionQueryVariables>;
export const PlatformLedgerDifferencesDocument = {"__meta__":{"id":"d23cb77d179a39f0ba3430d7c755056b26d838b44243c3cfc45c900c767b0444","name":"PlatformLedgerDifferences","kind":"query"}} as unknown as DocumentNode<PlatformLedgerDifferencesQuery, PlatformLedgerDifferencesQueryVariables>;
export const PlatformOrderMoneyDocument = {"__meta__":{"id":"63a0de6a285e4c978cbba42e049bf7d2e53d96df51c2739202b7ca45426a46b0","name":"PlatformOrderMoney","kind":"query"}} as unknown as DocumentNode<PlatformOrderMoneyQuery, PlatformOrderMoneyQueryVariables>;
export const MerchantOrderMoneyDocument = {"__meta__":{"id":"0237ff0a2bf01d5b2e27f5c85e5e33a1c632acc50bffdf9cd5071301774a2f71","name":"MerchantOrderMoney","kind":"query"}} as unknown as DocumentNode<MerchantOrderMoneyQuery, MerchantOrderMoneyQueryVariables>;
export const PlatformChangesDocument = {"__meta__":{"id":"8ca3bd19cdc0f71d8fc312cc84b00ec310e029210f47b5f3fbfd87709094dc44","name":"PlatformChanges","kind":"query"}} as unknown as DocumentNode<PlatformChangesQuery, PlatformChangesQueryVariables>;
export const MerchantChangesDocument = {"__meta__":{"id":"809d18ad95953216b940eacb08489c629600f955ed959cb373aca411867809c9","name":"MerchantChanges","kind":"query"}} as unknown as DocumentNode<MerchantChangesQuery, MerchantChangesQueryVariables>;
export const PlatformApplyChangeDocument = {"__meta__":{"id":"f6e43c44f8ff90df1949969cc99a47edc0e1b7be6efa64a0aeba1c24436c80ad","name":"PlatformApplyChange","kind":"mutation"}} as unknown as DocumentNode<PlatformApplyChangeMutation, PlatformApplyChangeMutationVariables>;
export const PlatformRejectChangeDocument = {"__meta__":{"id":"14595ca84bcb746b84b32a99e6458a6fa5b92e43cb600db7dc9ca50a77aa5c70","name":"PlatformRejectChange","kind":"mutation"}} as unknown as DocumentNode<PlatformRejectChangeMutation, PlatformRejectChangeMutationVariables>;
export const MerchantWithdrawChangeDocument = {"__meta__":{"id":"10101b73121efe72e264fe5fce07f518bfda75725e873b9cb1267f0395cd280c","name":"MerchantWithdrawChange","kind":"mutation"}} as unknown as DocumentNode<MerchantWithdrawChangeMutation, MerchantWithdrawChangeMutationVariables>;
export const CategoryAttributesDocument = {"__meta__":{"id":"89ec596aa740c40cacd1477cf849e596e828368cffac9a06943ebda9c20b650a","name":"CategoryAttributes","kind":"query"}} as unknown as DocumentNode<CategoryAttributesQuery, CategoryAttributesQueryVariables>;
export const MerchantGradesDocument = {"__meta__":{"id":"158c6837676077a510909fe4a89da971a6167e97849b14e2dfd3a257d0b937ca","name":"MerchantGrades","kind":"query"}} as unknown as DocumentNode<MerchantGradesQuery, MerchantGradesQueryVariables>;
export const MerchantCheckWordsDocument = {"__meta__":{"id":"97e3fbf09122ee1f379f8fca247cb52720c5d432ab983998f12ffacb3a037692","name":"MerchantCheckWords","kind":"query"}} as unknown as DocumentNode<MerchantCheckWordsQuery, MerchantCheckWordsQueryVariables>;
export const MerchantPapersDocument = {"__meta__":{"id":"1ddc424c9e406fe216c06c3368a356af49c2c714dfb3df31754e869fe22fb44d","name":"MerchantPapers","kind":"query"}} as unknown as DocumentNode<MerchantPapersQuery, MerchantPapersQueryVariables>;
export const MerchantShowPaperDocument = {"__meta__":{"id":"05397875a915ff14619cd41692de1b54a57515697d48751699a17e9a487395ef","name":"MerchantShowPaper","kind":"mutation"}} as unknown as DocumentNode<MerchantShowPaperMutation, MerchantShowPaperMutationVariables>;
export const PlatformPapersDocument = {"__meta__":{"id":"12b5339ef0b053ebf1a77421fc950588ffb60f13509f34d6f0093c65d9e6812d","name":"PlatformPapers","kind":"query"}} as unknown as DocumentNode<PlatformPapersQuery, PlatformPapersQueryVariables>;
export const PlatformDecidePaperDocument = {"__meta__":{"id":"a5f5d57fe320efd732980e3348b395db348621091640cc0690ade26db9b483a3","name":"PlatformDecidePaper","kind":"mutation"}} as unknown as DocumentNode<PlatformDecidePaperMutation, PlatformDecidePaperMutationVariables>;
export const PlatformCategoryPolicyDocument = {"__meta__":{"id":"af9452c7f69115d6916deb8c666c4d5a705d2455d2de6f21fd77de53cfc8eb5f","name":"PlatformCategoryPolicy","kind":"query"}} as unknown as DocumentNode<PlatformCategoryPolicyQuery, PlatformCategoryPolicyQueryVariables>;
export const PlatformSaveCategoryPolicyDocument = {"__meta__":{"id":"50bac12902bc9c2fbae274fdcffcb1bf58116f9a318cbb5eb95746dd5c12e552","name":"PlatformSaveCategoryPolicy","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveCategoryPolicyMutation, PlatformSaveCategoryPolicyMutationVariables>;
export const PlatformSaveAttributeDocument = {"__meta__":{"id":"1486481b55f8ef47d1a5f41901f0516c68e91a8097162fcc0021a7793ec443aa","name":"PlatformSaveAttribute","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveAttributeMutation, PlatformSaveAttributeMutationVariables>;
export const PlatformRetireAttributeDocument = {"__meta__":{"id":"e018b4f1c5b89608549979b6cc805747aefd8a765a21a094c05b8dd7e2fae2ab","name":"PlatformRetireAttribute","kind":"mutation"}} as unknown as DocumentNode<PlatformRetireAttributeMutation, PlatformRetireAttributeMutationVariables>;
export const PlatformForbiddenWordsDocument = {"__meta__":{"id":"b66164ef125a9284f0004ad7371a80ecde6b486211a2c638488d34e315b12841","name":"PlatformForbiddenWords","kind":"query"}} as unknown as DocumentNode<PlatformForbiddenWordsQuery, PlatformForbiddenWordsQueryVariables>;
export const PlatformSaveForbiddenWordDocument = {"__meta__":{"id":"8dc24dd280316484f90160dc40919805a35e89279a1750b8f387f72c52c0164a","name":"PlatformSaveForbiddenWord","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveForbiddenWordMutation, PlatformSaveForbiddenWordMutationVariables>;
export const PlatformExceptWordDocument = {"__meta__":{"id":"8eb936aa09f81f8e825fbef577d7451b40509d20786e94d2119acc16c9112bce","name":"PlatformExceptWord","kind":"mutation"}} as unknown as DocumentNode<PlatformExceptWordMutation, PlatformExceptWordMutationVariables>;
export const MerchantDraftsDocument = {"__meta__":{"id":"18129e434086abcef2ad116c6ef414cb64a17be27a082ae7f852d5f0ef92aa66","name":"MerchantDrafts","kind":"query"}} as unknown as DocumentNode<MerchantDraftsQuery, MerchantDraftsQueryVariables>;
export const MerchantSuggestListingDocument = {"__meta__":{"id":"117fed34ac70278fd4fbc5b8e4a550f5223179864bc6136e70e65dc4d51fe3c9","name":"MerchantSuggestListing","kind":"query"}} as unknown as DocumentNode<MerchantSuggestListingQuery, MerchantSuggestListingQueryVariables>;
export const MerchantSaveDraftDocument = {"__meta__":{"id":"38adf67c1fbff3e2308eb9ba2ce649cdc5ff40f09c66c9c916d00aa12ce7962c","name":"MerchantSaveDraft","kind":"mutation"}} as unknown as DocumentNode<MerchantSaveDraftMutation, MerchantSaveDraftMutationVariables>;
export const MerchantDropDraftDocument = {"__meta__":{"id":"4e04e28954d0ce09008436b7d180941dca5101b1b158b26b3ed56e644e950a55","name":"MerchantDropDraft","kind":"mutation"}} as unknown as DocumentNode<MerchantDropDraftMutation, MerchantDropDraftMutationVariables>;
export const MerchantCopyProductDocument = {"__meta__":{"id":"5b60ed16526779d1e256a9cc9c76b0c8b9dfe024a8c1d39d85ad21290ecec097","name":"MerchantCopyProduct","kind":"mutation"}} as unknown as DocumentNode<MerchantCopyProductMutation, MerchantCopyProductMutationVariables>;
export const MerchantBatchGoodsDocument = {"__meta__":{"id":"2c6aa320bbb34d5a89aefce7123f73bfb5d04b21ed7198124c0ca9cb7ba4ffe5","name":"MerchantBatchGoods","kind":"query"}} as unknown as DocumentNode<MerchantBatchGoodsQuery, MerchantBatchGoodsQueryVariables>;
export const MerchantPreviewBatchDocument = {"__meta__":{"id":"7e7f28d55d425a99ee307e12015f51b1d191128ffb3ce3fb01d173fe2b777883","name":"MerchantPreviewBatch","kind":"query"}} as unknown as DocumentNode<MerchantPreviewBatchQuery, MerchantPreviewBatchQueryVariables>;
export const MerchantApplyBatchDocument = {"__meta__":{"id":"4269c47f00f631400d225133d86f2afe6fb312adac0858bfad64ccde8e73c1ac","name":"MerchantApplyBatch","kind":"mutation"}} as unknown as DocumentNode<MerchantApplyBatchMutation, MerchantApplyBatchMutationVariables>;
export const PlatformPieceAlarmsDocument = {"__meta__":{"id":"37f95ff93b84b43d5beab3be49be1cdc8d04753713e83ea848c77a635d88c616","name":"PlatformPieceAlarms","kind":"query"}} as unknown as DocumentNode<PlatformPieceAlarmsQuery, PlatformPieceAlarmsQueryVariables>;
export const MerchantPieceAlarmsDocument = {"__meta__":{"id":"1993015ee1398f6d4c4dd37c9504cc08d2ef58d6c30c9f35ff85566b9c77da70","name":"MerchantPieceAlarms","kind":"query"}} as unknown as DocumentNode<MerchantPieceAlarmsQuery, MerchantPieceAlarmsQueryVariables>;
export const PlatformDecidePieceAlarmDocument = {"__meta__":{"id":"8cb3fb8e867e2f9db3e851cbaa9b6b4ce3d9f3ce71532521fcc889bdb91d2729","name":"PlatformDecidePieceAlarm","kind":"mutation"}} as unknown as DocumentNode<PlatformDecidePieceAlarmMutation, PlatformDecidePieceAlarmMutationVariables>;
export const MerchantLotsDocument = {"__meta__":{"id":"7d736936532737349164ac81ba3fce45da831d7f36c07af095f1287555bc5db0","name":"MerchantLots","kind":"query"}} as unknown as DocumentNode<MerchantLotsQuery, MerchantLotsQueryVariables>;
export const MerchantLotDocument = {"__meta__":{"id":"8e1fb1cfb4e625c5f3bf2e1bc01cf8d7317f92a60041a2692dc7dd4249454305","name":"MerchantLot","kind":"query"}} as unknown as DocumentNode<MerchantLotQuery, MerchantLotQueryVariables>;
export const LotProductsDocument = {"__meta__":{"id":"6d417a63259a57abed39cf03050a434838ec7282d901db50916f98f6a40fd900","name":"LotProducts","kind":"query"}} as unknown as DocumentNode<LotProductsQuery, LotProductsQueryVariables>;
export const MerchantOpenLotDocument = {"__meta__":{"id":"493232ce096e8eebf9e7a48e295fbdd9ed25b4210daa3df60e86295a7d310ed0","name":"MerchantOpenLot","kind":"mutation"}} as unknown as DocumentNode<MerchantOpenLotMutation, MerchantOpenLotMutationVariables>;
export const MerchantRecordTraceDocument = {"__meta__":{"id":"4c7f3d4c86512e8e3eed0ea9147d41003c9a214ee9f08b85aad516f9d8faf180","name":"MerchantRecordTrace","kind":"mutation"}} as unknown as DocumentNode<MerchantRecordTraceMutation, MerchantRecordTraceMutationVariables>;
export const MerchantMoveLotDocument = {"__meta__":{"id":"18bd3afac9d57c1b12cfea48a53a474889b27b77f914d49b3ed98c3d90eba04b","name":"MerchantMoveLot","kind":"mutation"}} as unknown as DocumentNode<MerchantMoveLotMutation, MerchantMoveLotMutationVariables>;
export const MerchantTraceSkuDocument = {"__meta__":{"id":"159197ad16e4659458a5d2658d4ffc079376ea827f712b53d05455a5a43f3ed0","name":"MerchantTraceSku","kind":"mutation"}} as unknown as DocumentNode<MerchantTraceSkuMutation, MerchantTraceSkuMutationVariables>;
export const PlatformLotsDocument = {"__meta__":{"id":"179dff8af6620d1923b95902d1abf5408bd5b431b34f39ae2c3bd801948a1787","name":"PlatformLots","kind":"query"}} as unknown as DocumentNode<PlatformLotsQuery, PlatformLotsQueryVariables>;
export const PlatformLotDocument = {"__meta__":{"id":"1ce9d58d8a29bfa8a74cff4c4d6a6d439f0c9c8040bbe51d32ac92a6e1f82dbf","name":"PlatformLot","kind":"query"}} as unknown as DocumentNode<PlatformLotQuery, PlatformLotQueryVariables>;
export const PlatformMoveLotDocument = {"__meta__":{"id":"bed1374dec813ff5136da533dbdb6375ed6f2169ed630d4fd7328b1419535358","name":"PlatformMoveLot","kind":"mutation"}} as unknown as DocumentNode<PlatformMoveLotMutation, PlatformMoveLotMutationVariables>;
export const MerchantPieceBatchesDocument = {"__meta__":{"id":"05b1762f46fad1437f77d3130c1fb41be5b3f126581ce391d8308236e879e869","name":"MerchantPieceBatches","kind":"query"}} as unknown as DocumentNode<MerchantPieceBatchesQuery, MerchantPieceBatchesQueryVariables>;
export const MerchantMakePiecesDocument = {"__meta__":{"id":"955fc6541eb016add1f9d5047d90c021aee46149046a2e3d6fe50a462d41d7fa","name":"MerchantMakePieces","kind":"mutation"}} as unknown as DocumentNode<MerchantMakePiecesMutation, MerchantMakePiecesMutationVariables>;
export const MerchantTakePieceCodesDocument = {"__meta__":{"id":"9464ef4eb055706f6ab3498acd8bdb16a52e3feb4d1112e673c91691ae6efbe4","name":"MerchantTakePieceCodes","kind":"mutation"}} as unknown as DocumentNode<MerchantTakePieceCodesMutation, MerchantTakePieceCodesMutationVariables>;
export const PlatformRecallPlanDocument = {"__meta__":{"id":"180bf60bb7aea20ff978c158629dfc6a3ab91392283e2e0dbf58e1e753c9d0d1","name":"PlatformRecallPlan","kind":"query"}} as unknown as DocumentNode<PlatformRecallPlanQuery, PlatformRecallPlanQueryVariables>;
export const PlatformRecallsDocument = {"__meta__":{"id":"d6750ad35213deabddcf066bc63567936eb1c4bf999f1d016fc9aff6d28912ce","name":"PlatformRecalls","kind":"query"}} as unknown as DocumentNode<PlatformRecallsQuery, PlatformRecallsQueryVariables>;
export const PlatformStartRecallDocument = {"__meta__":{"id":"3075c0d6d14ce3e2732c92404d78b2c55f00ca11b1fdd39747c896b113ffaac6","name":"PlatformStartRecall","kind":"mutation"}} as unknown as DocumentNode<PlatformStartRecallMutation, PlatformStartRecallMutationVariables>;
export const PlatformRetryRecallDocument = {"__meta__":{"id":"5bd0bdda7e18c539808277866c17a8f09f4e5499169fbe7e15dc2947abc51980","name":"PlatformRetryRecall","kind":"mutation"}} as unknown as DocumentNode<PlatformRetryRecallMutation, PlatformRetryRecallMutationVariables>;
export const MerchantFreightDocument = {"__meta__":{"id":"2ba3d30de7a5ad4e800145c3c660ae935754f00f4f4f5c48f0fb0dbd76c91123","name":"MerchantFreight","kind":"query"}} as unknown as DocumentNode<MerchantFreightQuery, MerchantFreightQueryVariables>;
export const FreightChoicesDocument = {"__meta__":{"id":"d39f7ed311bd8e63a7635f44aa39a3b3048edef7bda1f9e3d992651b26955da9","name":"FreightChoices","kind":"query"}} as unknown as DocumentNode<FreightChoicesQuery, FreightChoicesQueryVariables>;
export const FreightProvincesDocument = {"__meta__":{"id":"c8fd9da627d9e47da09f0986e5314f9f76a6d7b7d68e3de2ff1a7928cee432a4","name":"FreightProvinces","kind":"query"}} as unknown as DocumentNode<FreightProvincesQuery, FreightProvincesQueryVariables>;
export const FreightPlacesDocument = {"__meta__":{"id":"3bf13c45c50fbe95cb1b983cd5304331bcbadce9b96b3947ab40d0941a456d44","name":"FreightPlaces","kind":"query"}} as unknown as DocumentNode<FreightPlacesQuery, FreightPlacesQueryVariables>;
export const TryFreightDocument = {"__meta__":{"id":"baf6e660844eb90675f425629435cd2a270a2513d2752276d9cf71c5a2c804ac","name":"TryFreight","kind":"query"}} as unknown as DocumentNode<TryFreightQuery, TryFreightQueryVariables>;
export const SaveFreightDocument = {"__meta__":{"id":"281406df579f429a6e4ab9c78c568ac7189f0b61d7b7a2dcb1a47eb34592c6e4","name":"SaveFreight","kind":"mutation"}} as unknown as DocumentNode<SaveFreightMutation, SaveFreightMutationVariables>;
export const SetDefaultFreightDocument = {"__meta__":{"id":"6682798395723dff0fb86504628906dd55e4bad47646b952bca3111a83881ad0","name":"SetDefaultFreight","kind":"mutation"}} as unknown as DocumentNode<SetDefaultFreightMutation, SetDefaultFreightMutationVariables>;
export const DeleteFreightDocument = {"__meta__":{"id":"dc902a04b0ecf024e040ebc4e6b49a79e02d2db2eab3adec3f9cee7cb02a36e7","name":"DeleteFreight","kind":"mutation"}} as unknown as DocumentNode<DeleteFreightMutation, DeleteFreightMutationVariables>;
export const MerchantOrdersDocument = {"__meta__":{"id":"f7d168d9461a7c8a93cf033fa2c8835ffd6248e94e6febac10b211a66dbc9706","name":"MerchantOrders","kind":"query"}} as unknown as DocumentNode<MerchantOrdersQuery, MerchantOrdersQueryVariables>;
export const MerchantOrderDocument = {"__meta__":{"id":"62dc506cc56ada4fd5a1df4ece7763100098c4ae3209bbac3c2e98d9779df314","name":"MerchantOrder","kind":"query"}} as unknown as DocumentNode<MerchantOrderQuery, MerchantOrderQueryVariables>;
export const OrdersToShipDocument = {"__meta__":{"id":"400f6ccd6c0728c200515e0978e31d793d371bfcd986875b7dc875378adead0e","name":"OrdersToShip","kind":"query"}} as unknown as DocumentNode<OrdersToShipQuery, OrdersToShipQueryVariables>;
export const PackingSlipsDocument = {"__meta__":{"id":"f6cf5fd219149f9ff707fee61e573df2be8d7c9ba25121561f07ed1f7b7ee287","name":"PackingSlips","kind":"query"}} as unknown as DocumentNode<PackingSlipsQuery, PackingSlipsQueryVariables>;
export const MerchantShipOrderDocument = {"__meta__":{"id":"5455bab4ff1a8503c60df2c25d617be2e65fa2e1b15ba8e2df62dca9cbe7ec59","name":"MerchantShipOrder","kind":"mutation"}} as unknown as DocumentNode<MerchantShipOrderMutation, MerchantShipOrderMutationVariables>;
export const MerchantShipOrdersDocument = {"__meta__":{"id":"f9e1ec66bfd0fe84a7bc10e7f612d03db6985e1ff37e57f8e67e654307f905d9","name":"MerchantShipOrders","kind":"mutation"}} as unknown as DocumentNode<MerchantShipOrdersMutation, MerchantShipOrdersMutationVariables>;
export const MerchantCorrectTrackingDocument = {"__meta__":{"id":"4f39aa597458fed6e41d2fbb1ae399dbfc9f085f1660d260367cf3be882580a7","name":"MerchantCorrectTracking","kind":"mutation"}} as unknown as DocumentNode<MerchantCorrectTrackingMutation, MerchantCorrectTrackingMutationVariables>;
export const MerchantRefundOrderDocument = {"__meta__":{"id":"2ad0a379d9026836f84b5e94e54902f8f648fff79821642e13bd4166b3d3089f","name":"MerchantRefundOrder","kind":"mutation"}} as unknown as DocumentNode<MerchantRefundOrderMutation, MerchantRefundOrderMutationVariables>;
export const MerchantOrderChangedDocument = {"__meta__":{"id":"9dd971e1e9a771e1715fb1398b739f7ec95d1d2f7db3c2bc2afb613ce52a6ab2","name":"MerchantOrderChanged","kind":"subscription"}} as unknown as DocumentNode<MerchantOrderChangedSubscription, MerchantOrderChangedSubscriptionVariables>;
export const MerchantOverviewDocument = {"__meta__":{"id":"2296ac3b81ad9442e2e556fc7af8b222a90372fe4c60f1be289fb5c6e629ec65","name":"MerchantOverview","kind":"query"}} as unknown as DocumentNode<MerchantOverviewQuery, MerchantOverviewQueryVariables>;
export const MerchantProductsDocument = {"__meta__":{"id":"44e3be9f5a5c465ba2b4ab1f5c37dfd4800f68f903359b1d6b21566d3f95b9d5","name":"MerchantProducts","kind":"query"}} as unknown as DocumentNode<MerchantProductsQuery, MerchantProductsQueryVariables>;
export const CategoryChoicesDocument = {"__meta__":{"id":"4dcc7c8e56b61efea6152752a22cac02db4c979cf942be3f3a3f0b7c15a0c876","name":"CategoryChoices","kind":"query"}} as unknown as DocumentNode<CategoryChoicesQuery, CategoryChoicesQueryVariables>;
export const BrandChoicesDocument = {"__meta__":{"id":"ea05cdd0a8d6ae06efec471be733ed2e2990a7b181bb3c7ff6198939548b7482","name":"BrandChoices","kind":"query"}} as unknown as DocumentNode<BrandChoicesQuery, BrandChoicesQueryVariables>;
export const RegionChildrenDocument = {"__meta__":{"id":"e3c777b16d563640223c21acd3b013735a6302961a0c756b3c08603f68770dd0","name":"RegionChildren","kind":"query"}} as unknown as DocumentNode<RegionChildrenQuery, RegionChildrenQueryVariables>;
export const RegionOfDocument = {"__meta__":{"id":"888a0377f7006015f10a931231998dde18eda86790391cb17b7684dd0d0e06df","name":"RegionOf","kind":"query"}} as unknown as DocumentNode<RegionOfQuery, RegionOfQueryVariables>;
export const MerchantProductDocument = {"__meta__":{"id":"eb5bcf57c6cfb1dd779bf2dde2217f4126d1455133d487499d8ae1239f9c5a3d","name":"MerchantProduct","kind":"query"}} as unknown as DocumentNode<MerchantProductQuery, MerchantProductQueryVariables>;
export const MerchantPriceHistoryDocument = {"__meta__":{"id":"bd7a0569726a8593103a1d8c97af2fd3ec5453a28c16de6c854d79b9c43931b3","name":"MerchantPriceHistory","kind":"query"}} as unknown as DocumentNode<MerchantPriceHistoryQuery, MerchantPriceHistoryQueryVariables>;
export const MerchantSaveProductDocument = {"__meta__":{"id":"ddd12469774ad124200c371597d70bd57d680d30c9dc238920f725c437d04eae","name":"MerchantSaveProduct","kind":"mutation"}} as unknown as DocumentNode<MerchantSaveProductMutation, MerchantSaveProductMutationVariables>;
export const MerchantMoveProductDocument = {"__meta__":{"id":"7a327662417f1e84e7df1569122e9df61b67b535bdf5fd0d6ed3dd067e373091","name":"MerchantMoveProduct","kind":"mutation"}} as unknown as DocumentNode<MerchantMoveProductMutation, MerchantMoveProductMutationVariables>;
export const MerchantStockDocument = {"__meta__":{"id":"be30448662aed237cd7bfc00d76dae079039a6f6d144053efc69d623fa387290","name":"MerchantStock","kind":"query"}} as unknown as DocumentNode<MerchantStockQuery, MerchantStockQueryVariables>;
export const MerchantStockMovesDocument = {"__meta__":{"id":"36883bd0d218532c3c45888059443bd959188281d9bfd1d7112e4a738de8098a","name":"MerchantStockMoves","kind":"query"}} as unknown as DocumentNode<MerchantStockMovesQuery, MerchantStockMovesQueryVariables>;
export const MerchantStockHistoryDocument = {"__meta__":{"id":"a08460ec0ac70ad26b436206b8a8644f1beb51d9a4a93fe4aec9bbb4cae43154","name":"MerchantStockHistory","kind":"query"}} as unknown as DocumentNode<MerchantStockHistoryQuery, MerchantStockHistoryQueryVariables>;
export const LowStockCountDocument = {"__meta__":{"id":"70090ecd91586e99233a673f95b2cfea4fc65aed609a4adacd012eab6b786acc","name":"LowStockCount","kind":"query"}} as unknown as DocumentNode<LowStockCountQuery, LowStockCountQueryVariables>;
export const MerchantAdjustStockDocument = {"__meta__":{"id":"f9d301e6d6d1a73c4fb6c15a56a4c12942dadffb1031ea3ad5df9478978bbeb1","name":"MerchantAdjustStock","kind":"mutation"}} as unknown as DocumentNode<MerchantAdjustStockMutation, MerchantAdjustStockMutationVariables>;
export const MerchantSetLowStockDocument = {"__meta__":{"id":"4c19a7c3e7b685424d67f6b8e4ffb99763d312870f179c89705df9a15166f6e9","name":"MerchantSetLowStock","kind":"mutation"}} as unknown as DocumentNode<MerchantSetLowStockMutation, MerchantSetLowStockMutationVariables>;
export const MerchantNoticesDocument = {"__meta__":{"id":"6e2acb04009422d1c2d2cc58d2d272fc31cd0db6826d53179074c438c4a901ad","name":"MerchantNotices","kind":"query"}} as unknown as DocumentNode<MerchantNoticesQuery, MerchantNoticesQueryVariables>;
export const PlatformNoticesDocument = {"__meta__":{"id":"7f4b44c9a854c282c003f6cedf9444e8e67b032724ada4938031f81e6984bee4","name":"PlatformNotices","kind":"query"}} as unknown as DocumentNode<PlatformNoticesQuery, PlatformNoticesQueryVariables>;
export const MerchantReadNoticesDocument = {"__meta__":{"id":"1eec4c5078424a104bcd6afbc106a5f886978f8a6d902285fdd347aa68e3d112","name":"MerchantReadNotices","kind":"mutation"}} as unknown as DocumentNode<MerchantReadNoticesMutation, MerchantReadNoticesMutationVariables>;
export const PlatformReadNoticesDocument = {"__meta__":{"id":"2ac86f4080e5b465fa8ac91338989f65b146d2fceb5ceb40b50b6fb8743acddb","name":"PlatformReadNotices","kind":"mutation"}} as unknown as DocumentNode<PlatformReadNoticesMutation, PlatformReadNoticesMutationVariables>;
export const MerchantNoticeArrivedDocument = {"__meta__":{"id":"19d322fa40236048dfb6976c2c6c6b649144ac4584034430e8712d5f739b02cd","name":"MerchantNoticeArrived","kind":"subscription"}} as unknown as DocumentNode<MerchantNoticeArrivedSubscription, MerchantNoticeArrivedSubscriptionVariables>;
export const PlatformNoticeArrivedDocument = {"__meta__":{"id":"fb8bb0a970bd47a9bce76b44fc2cedb0981d3725155ce328ae87833bea819d15","name":"PlatformNoticeArrived","kind":"subscription"}} as unknown as DocumentNode<PlatformNoticeArrivedSubscription, PlatformNoticeArrivedSubscriptionVariables>;
export const MerchantParcelsDocument = {"__meta__":{"id":"a2bb2cb19c44fb875f086f332c30b1a4a9e8e94c9347094b00497b9514db886d","name":"MerchantParcels","kind":"query"}} as unknown as DocumentNode<MerchantParcelsQuery, MerchantParcelsQueryVariables>;
export const PlatformParcelsDocument = {"__meta__":{"id":"6a4a604b44eae5c5e701ed8457f8e03321db5058677f26ed2c85bfcfc15e7e51","name":"PlatformParcels","kind":"query"}} as unknown as DocumentNode<PlatformParcelsQuery, PlatformParcelsQueryVariables>;
export const CarriersDocument = {"__meta__":{"id":"599120e1f467f637f83f2d1856d7ef7c24e7ab4de79ca95177166b23495b2326","name":"Carriers","kind":"query"}} as unknown as DocumentNode<CarriersQuery, CarriersQueryVariables>;
export const OrderChangedDocument = {"__meta__":{"id":"b477e14db78e5547502008a1927f91a9b66e91984f4ebc615a6178de9857e794","name":"OrderChanged","kind":"subscription"}} as unknown as DocumentNode<OrderChangedSubscription, OrderChangedSubscriptionVariables>;
export const MerchantOrderPriceDocument = {"__meta__":{"id":"073686de00659c42c7e96d59fd32070c51da22a689fabbb6ed813eb356e5baf4","name":"MerchantOrderPrice","kind":"query"}} as unknown as DocumentNode<MerchantOrderPriceQuery, MerchantOrderPriceQueryVariables>;
export const PlatformOrderPriceDocument = {"__meta__":{"id":"b34cc094707b0f40574762ae7b58b4ccfbd5fd4b34c34eaea050c6f6e9028035","name":"PlatformOrderPrice","kind":"query"}} as unknown as DocumentNode<PlatformOrderPriceQuery, PlatformOrderPriceQueryVariables>;
export const MerchantPickupPointsDocument = {"__meta__":{"id":"fa476a2f9878280836bad88b2bb6db68dc4e1e753df72036f20081098b0cb003","name":"MerchantPickupPoints","kind":"query"}} as unknown as DocumentNode<MerchantPickupPointsQuery, MerchantPickupPointsQueryVariables>;
export const WaitingPickupsDocument = {"__meta__":{"id":"f8b395f73e6a888dfd9bbab8554a5bb0a9f239d7ae4927c23d13a8a53ccdfff7","name":"WaitingPickups","kind":"query"}} as unknown as DocumentNode<WaitingPickupsQuery, WaitingPickupsQueryVariables>;
export const SavePickupPointDocument = {"__meta__":{"id":"76eda8fad1f7c41087a41bd71778d87af5b213c339da882a7e4835e7d361582a","name":"SavePickupPoint","kind":"mutation"}} as unknown as DocumentNode<SavePickupPointMutation, SavePickupPointMutationVariables>;
export const ClosePickupPointDocument = {"__meta__":{"id":"bebb8c256a99e19a23803ee9a9ea2b1a682f0f9c59e2768cf215aff56521a66e","name":"ClosePickupPoint","kind":"mutation"}} as unknown as DocumentNode<ClosePickupPointMutation, ClosePickupPointMutationVariables>;
export const FindPickupDocument = {"__meta__":{"id":"25414489685c5b39cbea9fa436c0a01cbf1062d17c00d63f50077af1ace49244","name":"FindPickup","kind":"mutation"}} as unknown as DocumentNode<FindPickupMutation, FindPickupMutationVariables>;
export const HandOverDocument = {"__meta__":{"id":"6b7371e63507f1fced8152c619201e55dc0659f1f33752dc5ba6a005defb0050","name":"HandOver","kind":"mutation"}} as unknown as DocumentNode<HandOverMutation, HandOverMutationVariables>;
export const MerchantCampaignCalendarDocument = {"__meta__":{"id":"db5d47b08a7a32af42fbc33394864726de9e59cb6fcbfa78c7df804d8e82c9af","name":"MerchantCampaignCalendar","kind":"query"}} as unknown as DocumentNode<MerchantCampaignCalendarQuery, MerchantCampaignCalendarQueryVariables>;
export const PlatformCampaignCalendarDocument = {"__meta__":{"id":"263b7f4cc3ec67a325d5fabc52308f8d065f7af6973e30810e77482ce7292763","name":"PlatformCampaignCalendar","kind":"query"}} as unknown as DocumentNode<PlatformCampaignCalendarQuery, PlatformCampaignCalendarQueryVariables>;
export const MerchantPlanClashesDocument = {"__meta__":{"id":"b11cf668eb5d9cb04f0245257c42c822ec232743402d7c262dbe92d638c4dcdc","name":"MerchantPlanClashes","kind":"query"}} as unknown as DocumentNode<MerchantPlanClashesQuery, MerchantPlanClashesQueryVariables>;
export const PlatformPlanClashesDocument = {"__meta__":{"id":"90ed13eb361a7e33719bbbc3153f74646d5233b16e3af6f25faab07055c4e651","name":"PlatformPlanClashes","kind":"query"}} as unknown as DocumentNode<PlatformPlanClashesQuery, PlatformPlanClashesQueryVariables>;
export const PlatformCatalogDocument = {"__meta__":{"id":"ad03db1e231642385467f9551b68af2de288f22596724658ef2d26990b459d08","name":"PlatformCatalog","kind":"query"}} as unknown as DocumentNode<PlatformCatalogQuery, PlatformCatalogQueryVariables>;
export const PlatformBrandsDocument = {"__meta__":{"id":"464f34e25f0b78ddc5ec67a3b52eec9114f31ab7545e354a5f60d241ce1b03b1","name":"PlatformBrands","kind":"query"}} as unknown as DocumentNode<PlatformBrandsQuery, PlatformBrandsQueryVariables>;
export const PlatformOriginsDocument = {"__meta__":{"id":"d9c8d25fcef9062bb711e5b4e7c83b07d92b3f0e21d56ff92a5be93d1160c590","name":"PlatformOrigins","kind":"query"}} as unknown as DocumentNode<PlatformOriginsQuery, PlatformOriginsQueryVariables>;
export const PlatformSaveCategoryDocument = {"__meta__":{"id":"320af491516d92bc11ea85cf1a17599f4a60b83e9dc11389e057d6d84333a319","name":"PlatformSaveCategory","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveCategoryMutation, PlatformSaveCategoryMutationVariables>;
export const PlatformSaveBrandDocument = {"__meta__":{"id":"c45b9e4b31a7b7c3cc175c136e3165575f0cf9fddf19bf64f914d5f1178b906a","name":"PlatformSaveBrand","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveBrandMutation, PlatformSaveBrandMutationVariables>;
export const PlatformSaveOriginDocument = {"__meta__":{"id":"949f13733480c57393b119412775b7a52836531351bdfccc66c0f98f21bdc8d6","name":"PlatformSaveOrigin","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveOriginMutation, PlatformSaveOriginMutationVariables>;
export const PlatformMerchantsDocument = {"__meta__":{"id":"1585df2db671a5cbbd6061093a05f8b49feb530659291f0d38e3f27dc900f4cb","name":"PlatformMerchants","kind":"query"}} as unknown as DocumentNode<PlatformMerchantsQuery, PlatformMerchantsQueryVariables>;
export const PlatformSuspendMerchantDocument = {"__meta__":{"id":"d6c58292a5a287ce20720e2dc43aa290df35dc0fb540d5b0b09e6124ca0cf164","name":"PlatformSuspendMerchant","kind":"mutation"}} as unknown as DocumentNode<PlatformSuspendMerchantMutation, PlatformSuspendMerchantMutationVariables>;
export const PlatformReopenMerchantDocument = {"__meta__":{"id":"811dbb5b6d9f79d1406e559766dd8d7e014e9791834f9c1d36beea08827a293a","name":"PlatformReopenMerchant","kind":"mutation"}} as unknown as DocumentNode<PlatformReopenMerchantMutation, PlatformReopenMerchantMutationVariables>;
export const MerchantChoicesDocument = {"__meta__":{"id":"bb426df057ba607cd2b0eeec39a7317fadb01c7fda7ab8c65dafc16e89fcaa37","name":"MerchantChoices","kind":"query"}} as unknown as DocumentNode<MerchantChoicesQuery, MerchantChoicesQueryVariables>;
export const PlatformDeadJobsDocument = {"__meta__":{"id":"455c20d4e4c2823bd549d61cb8b68938d8f1da1da499e23eaf2a707d1a27f522","name":"PlatformDeadJobs","kind":"query"}} as unknown as DocumentNode<PlatformDeadJobsQuery, PlatformDeadJobsQueryVariables>;
export const PlatformRequeueJobDocument = {"__meta__":{"id":"55f50add300c90a290c272015c407125305c790d00e0f144fe9e4151be3bb2fe","name":"PlatformRequeueJob","kind":"mutation"}} as unknown as DocumentNode<PlatformRequeueJobMutation, PlatformRequeueJobMutationVariables>;
export const PlatformSearchStatusDocument = {"__meta__":{"id":"dbd5051ab8ad2977143561a249be144f620c7f77dc58e5a7eb822ffa6ac9cbcf","name":"PlatformSearchStatus","kind":"query"}} as unknown as DocumentNode<PlatformSearchStatusQuery, PlatformSearchStatusQueryVariables>;
export const PlatformRebuildSearchDocument = {"__meta__":{"id":"92113080486296f88641c889494414253740cf4e208a01f65d5d0f447dfbcf4d","name":"PlatformRebuildSearch","kind":"mutation"}} as unknown as DocumentNode<PlatformRebuildSearchMutation, PlatformRebuildSearchMutationVariables>;
export const PlatformAuditDocument = {"__meta__":{"id":"8aadd377e6cdddf4adffe5126c2e64dd027148f907194bcf648b4b44e26128d6","name":"PlatformAudit","kind":"query"}} as unknown as DocumentNode<PlatformAuditQuery, PlatformAuditQueryVariables>;
export const PlatformStaffDocument = {"__meta__":{"id":"076912d64f6f2574ddfa601ba085fc8cba1cd219310ce7e4f5bf56f8a3817c12","name":"PlatformStaff","kind":"query"}} as unknown as DocumentNode<PlatformStaffQuery, PlatformStaffQueryVariables>;
export const PlatformOrdersDocument = {"__meta__":{"id":"680b57f3bf3e8a02c1337e9b5c9240bda0a7aa314f36e9e001ad99785d020c2c","name":"PlatformOrders","kind":"query"}} as unknown as DocumentNode<PlatformOrdersQuery, PlatformOrdersQueryVariables>;
export const PlatformOrderDocument = {"__meta__":{"id":"8a2b231b687a7a6eebb8692ec3ae3df186653aed1835f29035156c4610f3a40d","name":"PlatformOrder","kind":"query"}} as unknown as DocumentNode<PlatformOrderQuery, PlatformOrderQueryVariables>;
export const PlatformRefundOrderDocument = {"__meta__":{"id":"6f3fd4fa8331ac955ae09c6c8432f8343755d477fb564ab738d33c3f4d7f6e0a","name":"PlatformRefundOrder","kind":"mutation"}} as unknown as DocumentNode<PlatformRefundOrderMutation, PlatformRefundOrderMutationVariables>;
export const PlatformOrderLimitsDocument = {"__meta__":{"id":"7ce654dfca3fbb4b4fa833f7fd17155b46d1afe072f8f76996b7484419ff9a01","name":"PlatformOrderLimits","kind":"query"}} as unknown as DocumentNode<PlatformOrderLimitsQuery, PlatformOrderLimitsQueryVariables>;
export const PlatformSetOrderLimitsDocument = {"__meta__":{"id":"44d114c879c05a9daa319d36711421430044a39595135bacaac33a9b9ed9d806","name":"PlatformSetOrderLimits","kind":"mutation"}} as unknown as DocumentNode<PlatformSetOrderLimitsMutation, PlatformSetOrderLimitsMutationVariables>;
export const PlatformOverviewDocument = {"__meta__":{"id":"6db9c502fbb016ec4304fa030ecb4f61ce023d51f21291fd524f8503c294dbdf","name":"PlatformOverview","kind":"query"}} as unknown as DocumentNode<PlatformOverviewQuery, PlatformOverviewQueryVariables>;
export const PlatformPartnersDocument = {"__meta__":{"id":"7bf97ecb736488610439cae68704c568b7f730317f399dee1d98c50e66835570","name":"PlatformPartners","kind":"query"}} as unknown as DocumentNode<PlatformPartnersQuery, PlatformPartnersQueryVariables>;
export const PlatformSavePartnerDocument = {"__meta__":{"id":"cac62a62cbb966fb596fbd6c55ef9122f51d7fbea80fc0217005eb0d87723b4c","name":"PlatformSavePartner","kind":"mutation"}} as unknown as DocumentNode<PlatformSavePartnerMutation, PlatformSavePartnerMutationVariables>;
export const PlatformStopPartnerDocument = {"__meta__":{"id":"1fbedb3b6592798c44152953fb2b05e329484acebe70d9c490c56b8a8793902f","name":"PlatformStopPartner","kind":"mutation"}} as unknown as DocumentNode<PlatformStopPartnerMutation, PlatformStopPartnerMutationVariables>;
export const PlatformResumePartnerDocument = {"__meta__":{"id":"65060bdcef3e2a94b1b20aa04829bacde46fc093382b9ca5ca362fecac475c30","name":"PlatformResumePartner","kind":"mutation"}} as unknown as DocumentNode<PlatformResumePartnerMutation, PlatformResumePartnerMutationVariables>;
export const PlatformIssuePartnerKeyDocument = {"__meta__":{"id":"f5ca21e7633f2dfa339fdd4dc8d1048e98bc9631b509e4ed90552a9c5a92dbf8","name":"PlatformIssuePartnerKey","kind":"mutation"}} as unknown as DocumentNode<PlatformIssuePartnerKeyMutation, PlatformIssuePartnerKeyMutationVariables>;
export const PlatformRevokePartnerKeyDocument = {"__meta__":{"id":"db2b24a9e7f3dbdfb63195c78617b9957c8f28d0d8390a6c56f7ea85c8cf13bd","name":"PlatformRevokePartnerKey","kind":"mutation"}} as unknown as DocumentNode<PlatformRevokePartnerKeyMutation, PlatformRevokePartnerKeyMutationVariables>;
export const PlatformProductsDocument = {"__meta__":{"id":"a341edcacdbbe785ff6f1418dfa07ed7c2e961f58edbbc75e7b2e90ae28325db","name":"PlatformProducts","kind":"query"}} as unknown as DocumentNode<PlatformProductsQuery, PlatformProductsQueryVariables>;
export const PlatformProductDocument = {"__meta__":{"id":"ae4e8f0472336a545dd6a445d84566d79dea99fab9a7f8e6e2521d7eabb958be","name":"PlatformProduct","kind":"query"}} as unknown as DocumentNode<PlatformProductQuery, PlatformProductQueryVariables>;
export const PlatformMoveProductDocument = {"__meta__":{"id":"fd3511a4105b265352d1aff193ac21e5918cce3252ae75aecd907927ac420be4","name":"PlatformMoveProduct","kind":"mutation"}} as unknown as DocumentNode<PlatformMoveProductMutation, PlatformMoveProductMutationVariables>;
export const PlatformSearchRankingsDocument = {"__meta__":{"id":"8e15434ca2a278a3b907822e74ba2a96948e897cd083cdb2852ff6ff8b8548e3","name":"PlatformSearchRankings","kind":"query"}} as unknown as DocumentNode<PlatformSearchRankingsQuery, PlatformSearchRankingsQueryVariables>;
export const PlatformStartSearchExperimentDocument = {"__meta__":{"id":"23309b1c340a1b98cf83648575fa2cf2e7ddf57c02dcfe9bc7e254f7627baa7f","name":"PlatformStartSearchExperiment","kind":"mutation"}} as unknown as DocumentNode<PlatformStartSearchExperimentMutation, PlatformStartSearchExperimentMutationVariables>;
export const PlatformStopSearchExperimentDocument = {"__meta__":{"id":"f5d441d890c2a4ad35ce32a133e8dd5b37e2d28c95529e44c7af9c0503e189e1","name":"PlatformStopSearchExperiment","kind":"mutation"}} as unknown as DocumentNode<PlatformStopSearchExperimentMutation, PlatformStopSearchExperimentMutationVariables>;
export const PlatformGiveUpSearchRankingDocument = {"__meta__":{"id":"d3d750ff5855cd26e925e892535da6934d49cb664208a3d69a4691c075a7de7f","name":"PlatformGiveUpSearchRanking","kind":"mutation"}} as unknown as DocumentNode<PlatformGiveUpSearchRankingMutation, PlatformGiveUpSearchRankingMutationVariables>;
export const PlatformAdoptSearchExperimentDocument = {"__meta__":{"id":"d436ede873e51fc0b8410b71f4df2f4ae91285a5eb6d069b0fb3f351f297da09","name":"PlatformAdoptSearchExperiment","kind":"mutation"}} as unknown as DocumentNode<PlatformAdoptSearchExperimentMutation, PlatformAdoptSearchExperimentMutationVariables>;
export const PlatformSearchDeskDocument = {"__meta__":{"id":"5fd18f9a0047f5f042622cb3dec3c8a9c56a40eed602ea44d01da8e20b3b9f0e","name":"PlatformSearchDesk","kind":"query"}} as unknown as DocumentNode<PlatformSearchDeskQuery, PlatformSearchDeskQueryVariables>;
export const PlatformSearchPreviewDocument = {"__meta__":{"id":"d48a3e4d65e157a4e7901546307de0cd11c4e45a425b1faede280a9e6c92cc30","name":"PlatformSearchPreview","kind":"query"}} as unknown as DocumentNode<PlatformSearchPreviewQuery, PlatformSearchPreviewQueryVariables>;
export const PlatformAddSynonymsDocument = {"__meta__":{"id":"0d08cea2b5328221897b16c3e061e3d6c1ccfc00e0368abdf242e04911b94c16","name":"PlatformAddSynonyms","kind":"mutation"}} as unknown as DocumentNode<PlatformAddSynonymsMutation, PlatformAddSynonymsMutationVariables>;
export const PlatformRemoveSynonymsDocument = {"__meta__":{"id":"cbe0444eb50c0ee022d25a1b61ed34a2024f29a6c31f9183f6fa83c4e8e3ceb9","name":"PlatformRemoveSynonyms","kind":"mutation"}} as unknown as DocumentNode<PlatformRemoveSynonymsMutation, PlatformRemoveSynonymsMutationVariables>;
export const PlatformSaveSearchPicksDocument = {"__meta__":{"id":"b951feefedc36a53e38d7ba484efae11e1fae9017171cfc0cd4d0a7fa9e4afef","name":"PlatformSaveSearchPicks","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveSearchPicksMutation, PlatformSaveSearchPicksMutationVariables>;
export const PlatformTrafficDocument = {"__meta__":{"id":"235e5b5a2e3f314a471f765a995848d40c84cfc6aa37c14adf89f0c43d8d72b4","name":"PlatformTraffic","kind":"query"}} as unknown as DocumentNode<PlatformTrafficQuery, PlatformTrafficQueryVariables>;
export const PlatformExplorerDocument = {"__meta__":{"id":"cf5c509aa604a45e2fb4fae48d8eed226e1acff19c6b19c6a07f9663f0832252","name":"PlatformExplorer","kind":"query"}} as unknown as DocumentNode<PlatformExplorerQuery, PlatformExplorerQueryVariables>;
export const PlatformPointsDocument = {"__meta__":{"id":"c649fe68ed52dd43c13f158c16dc8867fb7469794b592de6814c8ac436c7e915","name":"PlatformPoints","kind":"query"}} as unknown as DocumentNode<PlatformPointsQuery, PlatformPointsQueryVariables>;
export const PlatformPointsRulesDocument = {"__meta__":{"id":"5f9f825f6828b0ddf165227e9a1f897b275f6aeaef73cf12e209400a6cee6d4b","name":"PlatformPointsRules","kind":"query"}} as unknown as DocumentNode<PlatformPointsRulesQuery, PlatformPointsRulesQueryVariables>;
export const PlatformSavePointsRulesDocument = {"__meta__":{"id":"a607dfdb6944a5d15845ea01617f236f349fecbd99bcd8556eb229a78b6ebd61","name":"PlatformSavePointsRules","kind":"mutation"}} as unknown as DocumentNode<PlatformSavePointsRulesMutation, PlatformSavePointsRulesMutationVariables>;
export const PlatformPointsEntriesDocument = {"__meta__":{"id":"d87947ed03329f1d3335d386aeee890909170c5f75b6a8d6bac39e95cd23c910","name":"PlatformPointsEntries","kind":"query"}} as unknown as DocumentNode<PlatformPointsEntriesQuery, PlatformPointsEntriesQueryVariables>;
export const PlatformMemberPointsDocument = {"__meta__":{"id":"149fc4ab1f9fa07f47b6d444118592bceca124f6e000837629ec5a957077dbe8","name":"PlatformMemberPoints","kind":"query"}} as unknown as DocumentNode<PlatformMemberPointsQuery, PlatformMemberPointsQueryVariables>;
export const PlatformAdjustPointsDocument = {"__meta__":{"id":"06cac33f905d913e7d7755418f7831d887514754640b17c356d462c53362e93e","name":"PlatformAdjustPoints","kind":"mutation"}} as unknown as DocumentNode<PlatformAdjustPointsMutation, PlatformAdjustPointsMutationVariables>;
export const MerchantPresalesDocument = {"__meta__":{"id":"ebb1c0c4337f724427dc50665e14d27ff37cdde988d998e6eb11d43fc0dff605","name":"MerchantPresales","kind":"query"}} as unknown as DocumentNode<MerchantPresalesQuery, MerchantPresalesQueryVariables>;
export const PlatformPresalesDocument = {"__meta__":{"id":"2559ffd3281c6c29a1a62c1427b6cea615c2efa1bbe3bd5f22dc964d0a84f04d","name":"PlatformPresales","kind":"query"}} as unknown as DocumentNode<PlatformPresalesQuery, PlatformPresalesQueryVariables>;
export const PresaleAllocationPreviewDocument = {"__meta__":{"id":"030f45125507cac26c91991560357a00da581881218d6a6cac8e2f3e6d032777","name":"PresaleAllocationPreview","kind":"query"}} as unknown as DocumentNode<PresaleAllocationPreviewQuery, PresaleAllocationPreviewQueryVariables>;
export const PresaleCompensationsDocument = {"__meta__":{"id":"9862ad7f4501556ace2f4a27062b04cca628c5a9d0974de1a72bb0d75e090ae8","name":"PresaleCompensations","kind":"query"}} as unknown as DocumentNode<PresaleCompensationsQuery, PresaleCompensationsQueryVariables>;
export const SavePresaleDocument = {"__meta__":{"id":"de157082d208b32de5a72fe2be1855a594e3df658fff54935fe635a1d963cd0c","name":"SavePresale","kind":"mutation"}} as unknown as DocumentNode<SavePresaleMutation, SavePresaleMutationVariables>;
export const PublishPresaleDocument = {"__meta__":{"id":"c985774ed459d0e86df6f3c01c66a2cbac0dc2400a764cd271f520569d000ce0","name":"PublishPresale","kind":"mutation"}} as unknown as DocumentNode<PublishPresaleMutation, PublishPresaleMutationVariables>;
export const StopPresaleDocument = {"__meta__":{"id":"62d55cfcb486e17005c44e580476798786b57a22fbbc7aa0c0aa4b4b6e1e4079","name":"StopPresale","kind":"mutation"}} as unknown as DocumentNode<StopPresaleMutation, StopPresaleMutationVariables>;
export const AllocatePresaleDocument = {"__meta__":{"id":"88908965afcaf3fb2e86d6493dea12ef76f8bbc49672b9d80808387817d90466","name":"AllocatePresale","kind":"mutation"}} as unknown as DocumentNode<AllocatePresaleMutation, AllocatePresaleMutationVariables>;
export const PayPresaleCompensationDocument = {"__meta__":{"id":"0c4607b66f87217fcd3c8e801a35133555c2a4c23d96f1be30613722c89e3513","name":"PayPresaleCompensation","kind":"mutation"}} as unknown as DocumentNode<PayPresaleCompensationMutation, PayPresaleCompensationMutationVariables>;
export const MerchantCampaignInvitationsDocument = {"__meta__":{"id":"a5a5a843508def8920f948d8d104744d343b3e4bc1bb7ed8f60121df60e92529","name":"MerchantCampaignInvitations","kind":"query"}} as unknown as DocumentNode<MerchantCampaignInvitationsQuery, MerchantCampaignInvitationsQueryVariables>;
export const PlatformCampaignApplicationsDocument = {"__meta__":{"id":"14e38ae8250fa52aae6bbc1f0cfcba058165b865659277633f8f7b0c97d2d280","name":"PlatformCampaignApplications","kind":"query"}} as unknown as DocumentNode<PlatformCampaignApplicationsQuery, PlatformCampaignApplicationsQueryVariables>;
export const WaitingApplicationsDocument = {"__meta__":{"id":"d93ef34538b42ffef2897a0e0e00d010905a6b7decad881c35be2d9b1cc98a0b","name":"WaitingApplications","kind":"query"}} as unknown as DocumentNode<WaitingApplicationsQuery, WaitingApplicationsQueryVariables>;
export const ApplyForCampaignDocument = {"__meta__":{"id":"0703d0b8e2ef0633e4f15014118aba6f422aaba7ab246c09e5b964a945f54084","name":"ApplyForCampaign","kind":"mutation"}} as unknown as DocumentNode<ApplyForCampaignMutation, ApplyForCampaignMutationVariables>;
export const WithdrawApplicationDocument = {"__meta__":{"id":"72b752da4542fd4f2a8f67619d66814f0ec9259f151ddfe1324575763c88711e","name":"WithdrawApplication","kind":"mutation"}} as unknown as DocumentNode<WithdrawApplicationMutation, WithdrawApplicationMutationVariables>;
export const AcceptApplicationsDocument = {"__meta__":{"id":"9198b98c61952be14cca0867928d7d2e9891da58a1196b17352fa047d2116750","name":"AcceptApplications","kind":"mutation"}} as unknown as DocumentNode<AcceptApplicationsMutation, AcceptApplicationsMutationVariables>;
export const DeclineApplicationsDocument = {"__meta__":{"id":"46caa6a86ebf0501ad73d0627796c4a4df794405977da50feafc14534d6e9c7e","name":"DeclineApplications","kind":"mutation"}} as unknown as DocumentNode<DeclineApplicationsMutation, DeclineApplicationsMutationVariables>;
export const RemoveApplicationDocument = {"__meta__":{"id":"b946ef89bff73a318e8b4799fc71dc67d207bd000941cf8c3d26285a6e5a3805","name":"RemoveApplication","kind":"mutation"}} as unknown as DocumentNode<RemoveApplicationMutation, RemoveApplicationMutationVariables>;
export const MerchantCampaignsDocument = {"__meta__":{"id":"b74b0bcee284e38ed98a23991c7efbeee1a23eea44116247424b77b68aa9f20e","name":"MerchantCampaigns","kind":"query"}} as unknown as DocumentNode<MerchantCampaignsQuery, MerchantCampaignsQueryVariables>;
export const PlatformCampaignsDocument = {"__meta__":{"id":"2a942edc00966448ff28b05331e166e242bcff47f2d9350d172796fbb20b91ee","name":"PlatformCampaigns","kind":"query"}} as unknown as DocumentNode<PlatformCampaignsQuery, PlatformCampaignsQueryVariables>;
export const MerchantSaveCampaignDocument = {"__meta__":{"id":"6dcb41bd088c3f4cc6843d904b48397c511746dabe8c3dda7f6a2e418368b31d","name":"MerchantSaveCampaign","kind":"mutation"}} as unknown as DocumentNode<MerchantSaveCampaignMutation, MerchantSaveCampaignMutationVariables>;
export const MerchantPublishCampaignDocument = {"__meta__":{"id":"ff20242698331caecda0f76472d5381b56bd99831b70f143a5cc6a947fa32ba0","name":"MerchantPublishCampaign","kind":"mutation"}} as unknown as DocumentNode<MerchantPublishCampaignMutation, MerchantPublishCampaignMutationVariables>;
export const MerchantStopCampaignDocument = {"__meta__":{"id":"039d5b6c26e67fc51d0f02e9900b2d7669991868cdd60bc126e21291e5f3139e","name":"MerchantStopCampaign","kind":"mutation"}} as unknown as DocumentNode<MerchantStopCampaignMutation, MerchantStopCampaignMutationVariables>;
export const MerchantDiscardCampaignDocument = {"__meta__":{"id":"bd294ab553d6b9d73a0d326905a21256996fa54fb6213821495f4df550fde735","name":"MerchantDiscardCampaign","kind":"mutation"}} as unknown as DocumentNode<MerchantDiscardCampaignMutation, MerchantDiscardCampaignMutationVariables>;
export const PlatformSaveCampaignDocument = {"__meta__":{"id":"aeff1ab70ee7314c9aa4856ed8255afc80be2119e76e61b17c26ae330026f40a","name":"PlatformSaveCampaign","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveCampaignMutation, PlatformSaveCampaignMutationVariables>;
export const PlatformPublishCampaignDocument = {"__meta__":{"id":"d024f41d8c8a68ed9d95667f0de1fd06fb53868c1508e9475e64c0790ae68713","name":"PlatformPublishCampaign","kind":"mutation"}} as unknown as DocumentNode<PlatformPublishCampaignMutation, PlatformPublishCampaignMutationVariables>;
export const PlatformStopCampaignDocument = {"__meta__":{"id":"3dd0446ce4a30b046918e8aa4c594531f41a38f8dd210d7078bbdaa7abb03fc5","name":"PlatformStopCampaign","kind":"mutation"}} as unknown as DocumentNode<PlatformStopCampaignMutation, PlatformStopCampaignMutationVariables>;
export const PlatformDiscardCampaignDocument = {"__meta__":{"id":"9e31e97d6a939194e26bd3ec229ca8a7e18705c66e985876dae5ffb8a0628116","name":"PlatformDiscardCampaign","kind":"mutation"}} as unknown as DocumentNode<PlatformDiscardCampaignMutation, PlatformDiscardCampaignMutationVariables>;
export const MerchantCampaignProductsDocument = {"__meta__":{"id":"e8a4ed75fb465a2047b608aed4ff70c394b9276a26fe53810b30ca349dd05518","name":"MerchantCampaignProducts","kind":"query"}} as unknown as DocumentNode<MerchantCampaignProductsQuery, MerchantCampaignProductsQueryVariables>;
export const PlatformCampaignProductsDocument = {"__meta__":{"id":"4461f70ddd12d76891627eff241b8d797b2a58a81a39357216d4da5c5b67a951","name":"PlatformCampaignProducts","kind":"query"}} as unknown as DocumentNode<PlatformCampaignProductsQuery, PlatformCampaignProductsQueryVariables>;
export const MerchantTryCampaignDocument = {"__meta__":{"id":"f496d3235c03d4f2ca938c24a5dce22f1d8777bcc2a3f9eb91deaf8ff65f10d9","name":"MerchantTryCampaign","kind":"query"}} as unknown as DocumentNode<MerchantTryCampaignQuery, MerchantTryCampaignQueryVariables>;
export const PlatformTryCampaignDocument = {"__meta__":{"id":"798c53ece4f3d10cb724bdf7db07a43126f720484dbcf849a6ac31d9ff8a7407","name":"PlatformTryCampaign","kind":"query"}} as unknown as DocumentNode<PlatformTryCampaignQuery, PlatformTryCampaignQueryVariables>;
export const MerchantCampaignResultsDocument = {"__meta__":{"id":"29f383b9308ccfdc8cd90465e1e1685c305087d3af2a7cfc562124aad80978e9","name":"MerchantCampaignResults","kind":"query"}} as unknown as DocumentNode<MerchantCampaignResultsQuery, MerchantCampaignResultsQueryVariables>;
export const PlatformCampaignResultsDocument = {"__meta__":{"id":"9d3163c62f446732cfc0e39e3f2a6eed9be1d13ffeba5b68a9f7b903da39304a","name":"PlatformCampaignResults","kind":"query"}} as unknown as DocumentNode<PlatformCampaignResultsQuery, PlatformCampaignResultsQueryVariables>;
export const PlatformReferralProgrammesDocument = {"__meta__":{"id":"2a213ef8953f46154bae301e25c46c9846b35c37f4589e7f50c59eaa4c87c53f","name":"PlatformReferralProgrammes","kind":"query"}} as unknown as DocumentNode<PlatformReferralProgrammesQuery, PlatformReferralProgrammesQueryVariables>;
export const ReferralCampaignChoicesDocument = {"__meta__":{"id":"7a15b74d788875611ec3d417a948b41ba24a59f0fbf5b46574575094908f31e0","name":"ReferralCampaignChoices","kind":"query"}} as unknown as DocumentNode<ReferralCampaignChoicesQuery, ReferralCampaignChoicesQueryVariables>;
export const PlatformReferralsDocument = {"__meta__":{"id":"27feae1dda094df65bfe0de4cfb575993ce54cdf2fd87e13e548a6c34c46ed94","name":"PlatformReferrals","kind":"query"}} as unknown as DocumentNode<PlatformReferralsQuery, PlatformReferralsQueryVariables>;
export const PlatformChannelsDocument = {"__meta__":{"id":"c2e5070c3d00b648e8f37d537e530c18854019fcfc8ca5aefeb727dc356ef589","name":"PlatformChannels","kind":"query"}} as unknown as DocumentNode<PlatformChannelsQuery, PlatformChannelsQueryVariables>;
export const PlatformReferralResultsDocument = {"__meta__":{"id":"995328f15322a4d75c18a050c766e4146a908f9c1c2f64678a5c2c9ac95824b7","name":"PlatformReferralResults","kind":"query"}} as unknown as DocumentNode<PlatformReferralResultsQuery, PlatformReferralResultsQueryVariables>;
export const PlatformSaveReferralProgrammeDocument = {"__meta__":{"id":"0d0bea3cf0718dffbf5a532ab50ecf02f13077ed36096a437f96ff4622ce6867","name":"PlatformSaveReferralProgramme","kind":"mutation"}} as unknown as DocumentNode<PlatformSaveReferralProgrammeMutation, PlatformSaveReferralProgrammeMutationVariables>;
export const PlatformPublishReferralProgrammeDocument = {"__meta__":{"id":"404e359d4939c6134b24d5e8742092870850af754265e6730c1b18281f6cf984","name":"PlatformPublishReferralProgramme","kind":"mutation"}} as unknown as DocumentNode<PlatformPublishReferralProgrammeMutation, PlatformPublishReferralProgrammeMutationVariables>;
export const PlatformStopReferralProgrammeDocument = {"__meta__":{"id":"0bfda2350a9157391ac2a4881c088332f9c0a44cbc976c9627c58b3535a40135","name":"PlatformStopReferralProgramme","kind":"mutation"}} as unknown as DocumentNode<PlatformStopReferralProgrammeMutation, PlatformStopReferralProgrammeMutationVariables>;
export const PlatformApproveReferralDocument = {"__meta__":{"id":"b7da2ae0c836f53cf5b903547a3dfb585108bb29f7120cc51b56a251eac816ec","name":"PlatformApproveReferral","kind":"mutation"}} as unknown as DocumentNode<PlatformApproveReferralMutation, PlatformApproveReferralMutationVariables>;
export const PlatformRefuseReferralDocument = {"__meta__":{"id":"4add5060c79205447bd9d944d2959a2289f60d989ec457ca4444d33ffcafb25f","name":"PlatformRefuseReferral","kind":"mutation"}} as unknown as DocumentNode<PlatformRefuseReferralMutation, PlatformRefuseReferralMutationVariables>;
export const PlatformOpenChannelDocument = {"__meta__":{"id":"5e4a89bddee4337a41b777e44a720c255c50ee5601d7926d958eb06c51378fd8","name":"PlatformOpenChannel","kind":"mutation"}} as unknown as DocumentNode<PlatformOpenChannelMutation, PlatformOpenChannelMutationVariables>;
export const PlatformCloseChannelDocument = {"__meta__":{"id":"380e804241ef53613144b8ed37c07da25a95f693620053cf8ef4b610715f3c99","name":"PlatformCloseChannel","kind":"mutation"}} as unknown as DocumentNode<PlatformCloseChannelMutation, PlatformCloseChannelMutationVariables>;
export const PlatformDrawChannelDocument = {"__meta__":{"id":"4cd015e5f4b072d54495613ba26f68f9ad61c3fc4ba65d6fe37244d1d46e3e88","name":"PlatformDrawChannel","kind":"mutation"}} as unknown as DocumentNode<PlatformDrawChannelMutation, PlatformDrawChannelMutationVariables>;
export const PlatformPostsDocument = {"__meta__":{"id":"fd1a4e1a1fa27414d74b86f3fa359619718001a5f0bb293c9b6d8c5c4f966464","name":"PlatformPosts","kind":"query"}} as unknown as DocumentNode<PlatformPostsQuery, PlatformPostsQueryVariables>;
export const PlatformPostDocument = {"__meta__":{"id":"601c2f80606cb861fd715ed7a2b1b5a530b89f1849d5b4c4d1904bc2be42ccaa","name":"PlatformPost","kind":"query"}} as unknown as DocumentNode<PlatformPostQuery, PlatformPostQueryVariables>;
export const PlatformPostCommentDocument = {"__meta__":{"id":"6c3311c0a6149d8145e815b26cd109be82e9a55140994c2de87b2ce5687287f4","name":"PlatformPostComment","kind":"query"}} as unknown as DocumentNode<PlatformPostCommentQuery, PlatformPostCommentQueryVariables>;
export const PlatformHidePostDocument = {"__meta__":{"id":"dfa520a3a8e9b73a54057cda1a23ea895033f901f83a9d844afa73b4b2dc418f","name":"PlatformHidePost","kind":"mutation"}} as unknown as DocumentNode<PlatformHidePostMutation, PlatformHidePostMutationVariables>;
export const PlatformRestorePostDocument = {"__meta__":{"id":"615cd45f8dd213f2a290a051bae587c4484a80671c69005f0f7b934dd1db72cd","name":"PlatformRestorePost","kind":"mutation"}} as unknown as DocumentNode<PlatformRestorePostMutation, PlatformRestorePostMutationVariables>;
export const PlatformHidePostCommentDocument = {"__meta__":{"id":"09cf67e20ae00b774f128b0e2282b002fc2f4cb6b08c167b1b76c201085640b8","name":"PlatformHidePostComment","kind":"mutation"}} as unknown as DocumentNode<PlatformHidePostCommentMutation, PlatformHidePostCommentMutationVariables>;
export const MerchantReviewsDocument = {"__meta__":{"id":"cd884367f0a17d94d377e2bab3c84245b3fa11ef0f9b86749d7b2a316acaafbb","name":"MerchantReviews","kind":"query"}} as unknown as DocumentNode<MerchantReviewsQuery, MerchantReviewsQueryVariables>;
export const MerchantReviewCountsDocument = {"__meta__":{"id":"ac69f49e900b1a5b42b677cef0bbae736671917544ed66b1f0cbe91421f8afc7","name":"MerchantReviewCounts","kind":"query"}} as unknown as DocumentNode<MerchantReviewCountsQuery, MerchantReviewCountsQueryVariables>;
export const MerchantReplyReviewDocument = {"__meta__":{"id":"3bdf368f2d9916b1a41e0e72d3292ee9d627066e72f42bb21101f59b75f54066","name":"MerchantReplyReview","kind":"mutation"}} as unknown as DocumentNode<MerchantReplyReviewMutation, MerchantReplyReviewMutationVariables>;
export const ReportReviewDocument = {"__meta__":{"id":"57e4e8547dc5289104e9baa9174d10fb76112e08b17f690be3e6cd0ffd0dc22e","name":"ReportReview","kind":"mutation"}} as unknown as DocumentNode<ReportReviewMutation, ReportReviewMutationVariables>;
export const PlatformReviewsDocument = {"__meta__":{"id":"3dfa1563f6e9dc77f33c38d18684e09c8790fe9d0ebf47f0c6581a0760541bde","name":"PlatformReviews","kind":"query"}} as unknown as DocumentNode<PlatformReviewsQuery, PlatformReviewsQueryVariables>;
export const PlatformContentCountsDocument = {"__meta__":{"id":"54ec0c76c84b361fb6bf273136ebc550ffaa1e0baa2155b47d6e05cb386aa345","name":"PlatformContentCounts","kind":"query"}} as unknown as DocumentNode<PlatformContentCountsQuery, PlatformContentCountsQueryVariables>;
export const PlatformContentChecksDocument = {"__meta__":{"id":"c18d26327ea427a873a2878522705c0eb8a00829c9abe6a66dbcdfd109587cba","name":"PlatformContentChecks","kind":"query"}} as unknown as DocumentNode<PlatformContentChecksQuery, PlatformContentChecksQueryVariables>;
export const PlatformContentReportsDocument = {"__meta__":{"id":"29d10fa78550038584db2a40e62e26295be67f8bc6a44f0aba572732971c7b2c","name":"PlatformContentReports","kind":"query"}} as unknown as DocumentNode<PlatformContentReportsQuery, PlatformContentReportsQueryVariables>;
export const PlatformContentAppealsDocument = {"__meta__":{"id":"fb1136067f115a4a55a709a317b4272bce65472cdd0de7c3ee2460f88843be7d","name":"PlatformContentAppeals","kind":"query"}} as unknown as DocumentNode<PlatformContentAppealsQuery, PlatformContentAppealsQueryVariables>;
export const PlatformDecideContentDocument = {"__meta__":{"id":"f81da70eba064b4709cf1441ebbbaa0a1cfdf8bb86bf4b389a58794c14841ce5","name":"PlatformDecideContent","kind":"mutation"}} as unknown as DocumentNode<PlatformDecideContentMutation, PlatformDecideContentMutationVariables>;
export const PlatformDismissReportDocument = {"__meta__":{"id":"cb079654dcf2490938ffbbcfba30042afa7d31224204c9f8846b73ee70f2fdd3","name":"PlatformDismissReport","kind":"mutation"}} as unknown as DocumentNode<PlatformDismissReportMutation, PlatformDismissReportMutationVariables>;
export const PlatformDecideAppealDocument = {"__meta__":{"id":"ab979fa7a77f9d2c708639217dc78d8b89387bd8f779b5994f304135eb43900b","name":"PlatformDecideAppeal","kind":"mutation"}} as unknown as DocumentNode<PlatformDecideAppealMutation, PlatformDecideAppealMutationVariables>;
export const PlatformHideReviewDocument = {"__meta__":{"id":"4e81fb1b06e3149ce4643a3bd0cf3d45825510a6889705c2b965d93ad4c8dec7","name":"PlatformHideReview","kind":"mutation"}} as unknown as DocumentNode<PlatformHideReviewMutation, PlatformHideReviewMutationVariables>;
export const PlatformRestoreReviewDocument = {"__meta__":{"id":"2b592e1c63171117f0d878dea02d1656942ff950de5d435898a7652532defc7c","name":"PlatformRestoreReview","kind":"mutation"}} as unknown as DocumentNode<PlatformRestoreReviewMutation, PlatformRestoreReviewMutationVariables>;
export const MerchantFundsDocument = {"__meta__":{"id":"9e774505f47af883cc70e9cead606ead173b8644cceab42e8ec8f1a2c7c024bf","name":"MerchantFunds","kind":"query"}} as unknown as DocumentNode<MerchantFundsQuery, MerchantFundsQueryVariables>;
export const MerchantBalanceDocument = {"__meta__":{"id":"caf550991cf3190372e135a01957d0c84a2444ffd3a40c3848b68e5ef473b1da","name":"MerchantBalance","kind":"query"}} as unknown as DocumentNode<MerchantBalanceQuery, MerchantBalanceQueryVariables>;
export const MerchantSettlementsDocument = {"__meta__":{"id":"ea9dac1f5526f1a9575c7df698ec864896ca3d1fefcbbc42cb4626843f6f3ed1","name":"MerchantSettlements","kind":"query"}} as unknown as DocumentNode<MerchantSettlementsQuery, MerchantSettlementsQueryVariables>;
export const MerchantPayoutsDocument = {"__meta__":{"id":"949a23cfc2270cf71b44837ee3c4ab353c5846444537a1ab9e14eb421687a961","name":"MerchantPayouts","kind":"query"}} as unknown as DocumentNode<MerchantPayoutsQuery, MerchantPayoutsQueryVariables>;
export const MerchantRequestPayoutDocument = {"__meta__":{"id":"c0258943c3d6532cfb64b273811ccf0145b0658f2bab755249fb8062079b1988","name":"MerchantRequestPayout","kind":"mutation"}} as unknown as DocumentNode<MerchantRequestPayoutMutation, MerchantRequestPayoutMutationVariables>;
export const MerchantSetPayoutPlanDocument = {"__meta__":{"id":"316951ae467ccd1e76656338ed4c04591c88d3b2728952515b3124884a1eb2ac","name":"MerchantSetPayoutPlan","kind":"mutation"}} as unknown as DocumentNode<MerchantSetPayoutPlanMutation, MerchantSetPayoutPlanMutationVariables>;
export const PlatformSettlementsDocument = {"__meta__":{"id":"dd5f9c9ce39b27e642a9e115aaab44a1f814d5e5d8071f74cb8f75d7ae960bf0","name":"PlatformSettlements","kind":"query"}} as unknown as DocumentNode<PlatformSettlementsQuery, PlatformSettlementsQueryVariables>;
export const PlatformPayoutsDocument = {"__meta__":{"id":"6fda6379190eaf272f7030e495e39c41d0a7989c107e0995f7969df09db3171b","name":"PlatformPayouts","kind":"query"}} as unknown as DocumentNode<PlatformPayoutsQuery, PlatformPayoutsQueryVariables>;
export const PlatformPayoutTransferredDocument = {"__meta__":{"id":"c41a68a7e1f7ac9b39c2d9925d936ed9e34b5fbb27db81529c19e8f8321e6ef7","name":"PlatformPayoutTransferred","kind":"mutation"}} as unknown as DocumentNode<PlatformPayoutTransferredMutation, PlatformPayoutTransferredMutationVariables>;
export const PlatformPayoutNotTransferredDocument = {"__meta__":{"id":"bf950fa7d1531b0978a24d68f4534090cb8284bb8d731ffc0a59225396154be0","name":"PlatformPayoutNotTransferred","kind":"mutation"}} as unknown as DocumentNode<PlatformPayoutNotTransferredMutation, PlatformPayoutNotTransferredMutationVariables>;
export const PlatformRetrySettlementDocument = {"__meta__":{"id":"44f39c264dc61cd2bdd8fd8fe5d40ec417d81f0e4a1eaaf4ea5dcf213dbf9443","name":"PlatformRetrySettlement","kind":"mutation"}} as unknown as DocumentNode<PlatformRetrySettlementMutation, PlatformRetrySettlementMutationVariables>;
export const PlatformReleaseRefundDocument = {"__meta__":{"id":"47337ff2593be2f6288f9d1db8f28cea7c16bf1da3baa7e8acd9fa61e9420e0e","name":"PlatformReleaseRefund","kind":"mutation"}} as unknown as DocumentNode<PlatformReleaseRefundMutation, PlatformReleaseRefundMutationVariables>;
export const MerchantVoucherBatchesDocument = {"__meta__":{"id":"4cbcd637f268164364a0a04d8f006f040467fb1c61a60fb3dae14fba8d39e29f","name":"MerchantVoucherBatches","kind":"query"}} as unknown as DocumentNode<MerchantVoucherBatchesQuery, MerchantVoucherBatchesQueryVariables>;
export const PlatformVoucherBatchesDocument = {"__meta__":{"id":"5c932c36d9512c330b34d9001eac36b64ff76a79972be3d17b39f03ac413bee7","name":"PlatformVoucherBatches","kind":"query"}} as unknown as DocumentNode<PlatformVoucherBatchesQuery, PlatformVoucherBatchesQueryVariables>;
export const PlatformVoucherLiabilityDocument = {"__meta__":{"id":"6eb44d5bb28e7a099b3673bae388230800d09920c3630e41e43f3b6c93156127","name":"PlatformVoucherLiability","kind":"query"}} as unknown as DocumentNode<PlatformVoucherLiabilityQuery, PlatformVoucherLiabilityQueryVariables>;
export const MerchantVouchersDocument = {"__meta__":{"id":"b6a81629c54bccc588a95eb91408730e8a8728b7bd5e7055b47d324befe139f9","name":"MerchantVouchers","kind":"query"}} as unknown as DocumentNode<MerchantVouchersQuery, MerchantVouchersQueryVariables>;
export const PlatformVouchersDocument = {"__meta__":{"id":"98580bdb54f6ed0125bd8563b932dbae0f1ab16a1db4626d0ff5056e1477f4fe","name":"PlatformVouchers","kind":"query"}} as unknown as DocumentNode<PlatformVouchersQuery, PlatformVouchersQueryVariables>;
export const VoucherSkuChoicesDocument = {"__meta__":{"id":"28780bfea146b40cd2b9c341f807cef0ebb3b81d200349c660374ed9f9ce8612","name":"VoucherSkuChoices","kind":"query"}} as unknown as DocumentNode<VoucherSkuChoicesQuery, VoucherSkuChoicesQueryVariables>;
export const MerchantOpenVoucherBatchDocument = {"__meta__":{"id":"5fa7434518eae9165d292d039fbb4df53caf6e4244f567fc28f602339b627a67","name":"MerchantOpenVoucherBatch","kind":"mutation"}} as unknown as DocumentNode<MerchantOpenVoucherBatchMutation, MerchantOpenVoucherBatchMutationVariables>;
export const PlatformOpenVoucherBatchDocument = {"__meta__":{"id":"0194f08833532c5f5375cb6ae18c8f81ec6e3c4432bb45280bdd30be9e297d24","name":"PlatformOpenVoucherBatch","kind":"mutation"}} as unknown as DocumentNode<PlatformOpenVoucherBatchMutation, PlatformOpenVoucherBatchMutationVariables>;
export const MerchantIssueVouchersDocument = {"__meta__":{"id":"52def390442d064804c54af48053d21dd51b4e97566242390a0879ab402d7fbf","name":"MerchantIssueVouchers","kind":"mutation"}} as unknown as DocumentNode<MerchantIssueVouchersMutation, MerchantIssueVouchersMutationVariables>;
export const MerchantStopVoucherBatchDocument = {"__meta__":{"id":"77acca05e6f9f3e738d2fd5b2481951984e848726d59df46bd4353bc2f646b51","name":"MerchantStopVoucherBatch","kind":"mutation"}} as unknown as DocumentNode<MerchantStopVoucherBatchMutation, MerchantStopVoucherBatchMutationVariables>;
export const MerchantVoucherPayeeDocument = {"__meta__":{"id":"227205c901a13d7b2fb1ab39600926842d0bc6fa1dc2e5d7f594310d67f52da3","name":"MerchantVoucherPayee","kind":"mutation"}} as unknown as DocumentNode<MerchantVoucherPayeeMutation, MerchantVoucherPayeeMutationVariables>;
export const MerchantRefundVoucherDocument = {"__meta__":{"id":"3bb7df47d47eaeaba6ab3e8c1261fff2b2fed727a557b0d07d417687d6fd4c56","name":"MerchantRefundVoucher","kind":"mutation"}} as unknown as DocumentNode<MerchantRefundVoucherMutation, MerchantRefundVoucherMutationVariables>;
export const PlatformIssueVouchersDocument = {"__meta__":{"id":"fb48b64227ba9d85911a45b85e922887d6f5943ee8600439b258a32258ba07d9","name":"PlatformIssueVouchers","kind":"mutation"}} as unknown as DocumentNode<PlatformIssueVouchersMutation, PlatformIssueVouchersMutationVariables>;
export const PlatformStopVoucherBatchDocument = {"__meta__":{"id":"cf7f7258efb1ec50efbf062e445ae330a13751549c650a770b28308a76c8e251","name":"PlatformStopVoucherBatch","kind":"mutation"}} as unknown as DocumentNode<PlatformStopVoucherBatchMutation, PlatformStopVoucherBatchMutationVariables>;
export const PlatformVoucherPayeeDocument = {"__meta__":{"id":"6b9fc363bfe2e879cc84a653570cc72f4ce1685cfc29ae5517e4c7417f6fae9c","name":"PlatformVoucherPayee","kind":"mutation"}} as unknown as DocumentNode<PlatformVoucherPayeeMutation, PlatformVoucherPayeeMutationVariables>;
export const PlatformRefundVoucherDocument = {"__meta__":{"id":"73cf0087be1c90427a35f142320dd84cadff956d2d5b062c27af776d0f758b89","name":"PlatformRefundVoucher","kind":"mutation"}} as unknown as DocumentNode<PlatformRefundVoucherMutation, PlatformRefundVoucherMutationVariables>;
export const PlatformFreezeVoucherDocument = {"__meta__":{"id":"6ce80485ebba9b002827f249a20705ab8843502125b232d7e8e5abbbd26e4202","name":"PlatformFreezeVoucher","kind":"mutation"}} as unknown as DocumentNode<PlatformFreezeVoucherMutation, PlatformFreezeVoucherMutationVariables>;
export const PlatformUnfreezeVoucherDocument = {"__meta__":{"id":"61d0f322f2edbb7cdbc9b0b4d308d1432b865a45e6bb6b979636a29f6b9f367c","name":"PlatformUnfreezeVoucher","kind":"mutation"}} as unknown as DocumentNode<PlatformUnfreezeVoucherMutation, PlatformUnfreezeVoucherMutationVariables>;