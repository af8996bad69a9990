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

export type AddressInput = {
  detail: string;
  isDefault?: boolean;
  name: string;
  phone: string;
  regionCode: string;
};

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

export type AfterSaleKind =
  | 'DAMAGED'
  | 'EXCHANGE'
  | 'MISSING'
  | 'REFUND_ONLY'
  | 'RETURN';

export type AfterSaleLineInput = {
  /** Less than the units are worth, if wanted. */
  amount?: number | null | undefined;
  lineId: string;
  /** Only for DAMAGED. */
  piecesDamaged?: number | null | undefined;
  /** Only for DAMAGED. */
  piecesReceived?: number | null | undefined;
  quantity: number;
};

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

export type ApplyAfterSaleInput = {
  claims: Array<AfterSaleLineInput>;
  kind: AfterSaleKind;
  orderId: string;
  /** Keys answered by finishUpload of kind EVIDENCE, at most 9. */
  pictures?: Array<string>;
  reason: AfterSaleReason;
  /** Made once per visit of the page; the same key gives the same cases. 8–64 characters. */
  requestKey: string;
  text?: string;
};

/** Goods that say one of these values under an attribute. */
export type AttributeFilter = {
  attributeId: string;
  /** 1 to 20, as `AttributeFacet` tells them. */
  values: Array<string>;
};

export type BuyCardsInput = {
  batchId: string;
  expectedTotal: number;
  /** For named cards */
  holderName?: string;
  /** The number of an identity paper, for named cards */
  holderRef?: string;
  /** The same key gives the same purchase. 8–64 characters. */
  idempotencyKey: string;
  quantity: number;
};

/** NEW_BUYERS: who has paid for nothing yet. */
export type CampaignAudience =
  | 'EVERYBODY'
  | 'NEW_BUYERS';

/** What runs for goods: a flash sale (秒杀), a presale (预售), groups (拼团). */
export type CampaignMark =
  | 'FLASH'
  | 'GROUP'
  | 'PRESALE';

export type CardPurchaseState =
  | 'AWAITING_PAYMENT'
  | 'CLOSED'
  | 'PAID';

export type CartLineProblem =
  | 'OFF_SALE'
  | 'OVER_LIMIT'
  | 'PRICE_CHANGED'
  | 'SHORT'
  | 'SOLD_OUT'
  | 'UNDELIVERABLE';

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

export type CouponState =
  | 'EXPIRED'
  | 'HELD'
  | 'USED';

export type DepositKind =
  | 'DINGJIN'
  | 'DINGJIN_REFUNDABLE';

export type FlashEntryState =
  | 'ADMITTED'
  | 'ENDED'
  | 'HOPING'
  | 'NOT_STARTED'
  | 'SOLD_OUT'
  | 'WAITING';

export type FlashOfferState =
  | 'APPLIED'
  | 'DECLINED'
  | 'ENDED'
  | 'PUBLISHED'
  | 'WITHDRAWN';

export type GiftCardEventKind =
  | 'BOUND'
  | 'EXTENDED'
  | 'FROZEN'
  | 'GIVEN'
  | 'ISSUED'
  | 'LOST'
  | 'MOVED_IN'
  | 'MOVED_OUT'
  | 'REFUNDED'
  | 'RETURNED'
  | 'SPENT'
  | 'THAWED'
  | 'VOIDED';

export type GiftCardState =
  | 'ACTIVE'
  | 'FROZEN'
  | 'ISSUED'
  | 'REFUNDED'
  | 'REPLACED'
  | 'SUSPENDED'
  | 'VOIDED';

export type GiftState =
  | 'ACCEPTED'
  | 'OPEN'
  | 'WITHDRAWN';

export type GroupSeatState =
  | 'FREED'
  | 'HELD'
  | 'PAID'
  | 'REFUNDED';

export type GroupState =
  | 'FAILED'
  | 'FORMING'
  | 'MERGED'
  | 'SUCCESS';

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

/** OPEN and CLOSED lots are sold; HELD ones wait for somebody to look at them. */
export type LotState =
  | 'CLOSED'
  | 'HELD'
  | 'OPEN'
  | 'RECALLED';

export type MerchantKind =
  | 'COMPANY'
  | 'COOPERATIVE'
  | 'FARMER'
  | 'INDIVIDUAL';

export type MerchantState =
  | 'CLOSED'
  | 'OPEN'
  | 'SUSPENDED';

export type MessageKind =
  | 'AFTER_SALE'
  | 'BALANCE'
  | 'COUPON'
  | 'GROUP'
  | 'PICKUP'
  | 'REFUND'
  | 'SHIPPED';

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

export type PickupState =
  | 'ENDED'
  | 'PICKED_UP'
  | 'WAITING';

/** What whoever holds a piece must know of its code. */
export type PieceWarning =
  | 'CHECKING'
  | 'COPIED'
  | 'NONE';

export type PlaceFlashOrderInput = {
  addressId: string;
  expectedTotal: number;
  /** Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  noReturnConfirmed?: boolean;
  offerId: string;
  quantity: number;
  remark?: string;
  /** As `enterFlash` gave it */
  token: string;
};

export type PlaceGroupOrderInput = {
  activityId: string;
  addressId: string;
  expectedTotal: number;
  /** Null: open a group of one's own. */
  groupId?: string | null | undefined;
  /** Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  /** Agreed: before it ends, the group may be merged with another of the same offer. */
  mayMerge?: boolean;
  /** Agreed: money that comes too late for this group buys a seat in another. */
  mayMove?: boolean;
  noReturnConfirmed?: boolean;
  quantity: number;
  remark?: string;
};

export type PlaceOrderInput = {
  addressId: string;
  /** As the preview showed them used. */
  cardIds?: Array<string>;
  /** The coupons the preview showed as used; one that saves nothing is left as it is. */
  couponIds?: Array<string>;
  /** With gift cards: `due` of the preview. */
  expectedDue?: number | null | undefined;
  /** The total the buyer saw; anything else is answered with PriceChanged. */
  expectedTotal: number;
  /** Take the lines out of the cart when the order stands. */
  fromCart?: boolean;
  /** Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  lines: Array<WantedSku>;
  /** `points.used` of the preview. */
  points?: number;
  remarks?: Array<RemarkInput>;
  /** SKUs for which the buyer ticked 「我已知晓并同意本商品不支持七天无理由退货」. */
  returnWaivers?: Array<string>;
};

export type PlacePresaleOrderInput = {
  addressId: string;
  /** The buyer ticked that the rule of the deposit was read; never ticked beforehand. */
  agreed?: boolean;
  /** Deposit, balance and freight together */
  expectedTotal: number;
  /** Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  noReturnConfirmed?: boolean;
  offerId: string;
  quantity: number;
  remark?: string;
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

/** Degrees in GCJ-02; a kilometre more or less makes no difference. */
export type Position = {
  latitude: number;
  longitude: number;
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

export type PostInput = {
  /** Kept for the author and handed in to nobody. */
  draft?: boolean;
  /** Keys answered by finishUpload of kind POSTED, at most 9. */
  pictures?: Array<string>;
  /** At most 3: on sale, or bought by the author; a shop's own where it writes. */
  productIds?: Array<string>;
  /** A county or a town the story is from. */
  regionCode?: string | null | undefined;
  /** At most 2,000 letters; at least 10 unless it is a draft. */
  text: string;
  /** At most 40 letters; at least 2 unless it is a draft. */
  title: string;
};

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

export type PresaleBookingState =
  | 'BOOKED'
  | 'FORFEITED'
  | 'FREED'
  | 'HELD'
  | 'REFUNDED';

export type PresaleKind =
  | 'DEPOSIT'
  | 'FULL';

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

/** All that is given must hold; what is null does not matter. */
export type ProductFilter = {
  /** Every one of these, at most 12; each attribute once. */
  attributes?: Array<AttributeFilter> | null | undefined;
  brandId?: string | null | undefined;
  /** Goods for which this runs now. */
  campaign?: CampaignMark | null | undefined;
  categoryId?: string | null | undefined;
  /** Only `true` makes a difference. */
  inSeason?: boolean | null | undefined;
  inStock?: boolean | null | undefined;
  merchantId?: string | null | undefined;
  /** A GB/T 2260 code; a county includes its towns, the city everything. */
  originCode?: string | null | undefined;
  /** In fen, inclusive; what one piece costs now counts, a running campaign included. */
  priceFrom?: number | null | undefined;
  /** In fen, inclusive. */
  priceTo?: number | null | undefined;
  /** A GB/T 2260 code: the shop, or one of its pickup points, is there. */
  shopIn?: string | null | undefined;
  storage?: StorageClass | null | undefined;
};

/** RELEVANCE is by the words asked for; SALES and NEWEST begin with most and latest. */
export type ProductSort =
  | 'NEWEST'
  | 'PRICE_ASC'
  | 'PRICE_DESC'
  | 'RELEVANCE'
  | 'SALES';

export type ProductState =
  | 'DRAFT'
  | 'FROZEN'
  | 'IN_REVIEW'
  | 'OFF_SALE'
  | 'ON_SALE';

export type RedeemVoucherInput = {
  /** Where it is sent; or else: */
  addressId?: string | null | undefined;
  /** What the preview said: the worth of the pieces, and freight */
  expectedTotal: number;
  /** Made once per visit of the page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  noReturnConfirmed?: boolean;
  /** Where it is picked up, one of the voucher's; without freight, whoever pays it. */
  pickupPointId?: string | null | undefined;
  quantity: number;
  skuId: string;
  voucherId: string;
};

/** PRICE: the cheapest first. */
export type ReductionGoodsOrder =
  | 'PRICE'
  | 'SALES';

/** TAKEN_BACK: the first order went back after the reward was given. */
export type ReferralState =
  | 'BOUND'
  | 'HELD'
  | 'LAPSED'
  | 'MISSED'
  | 'REFUSED'
  | 'REWARDED'
  | 'TAKEN_BACK';

export type RefundState =
  | 'ABNORMAL'
  | 'PROCESSING'
  | 'REQUESTED'
  | 'SUCCEEDED';

/** Levels of GB/T 2260; a town is below a county. */
export type RegionLevel =
  | 'CITY'
  | 'COUNTY'
  | 'PROVINCE'
  | 'TOWN';

export type RemarkInput = {
  merchantId: string;
  text: string;
};

export type ReportReason =
  | 'ABUSE'
  | 'ADVERTISING'
  | 'FALSE'
  | 'ILLEGAL'
  | 'INFRINGEMENT'
  | 'OTHER'
  | 'PRIVACY';

export type RequestInvoiceInput = {
  email: string;
  holder: InvoiceHolder;
  kind: InvoiceKind;
  orderId: string;
  /** Needed by 单位, and only by them. */
  taxNumber?: string | null | undefined;
  title: string;
};

/** How the seven-day return right applies: by law, not by law (fresh goods …), or only with the buyer's confirmation. */
export type ReturnClass =
  | 'NO_RETURN_BY_LAW'
  | 'NO_RETURN_IF_CONFIRMED'
  | 'SEVEN_DAYS';

/** Why the platform may take a review from the page. */
export type ReviewHiding =
  | 'ABUSE'
  | 'ADVERTISING'
  | 'COURT_ORDER'
  | 'FABRICATED'
  | 'ILLEGAL'
  | 'PRIVACY';

export type ReviewInput = {
  accuracy?: number | null | undefined;
  anonymous?: boolean;
  /** 1 to 5; null: not rated. So the other three. */
  freshness?: number | null | undefined;
  lineId: string;
  logistics?: number | null | undefined;
  /** Keys answered by finishUpload of kind POSTED, at most 9. */
  pictures?: Array<string>;
  /** 1 to 5. */
  score: number;
  service?: number | null | undefined;
  /** At most 500 letters. */
  text?: string;
};

export type ReviewOrder =
  | 'HELPFUL'
  | 'NEWEST';

export type ReviewPart =
  | 'FIRST'
  | 'FOLLOW_UP'
  | 'REPLY';

/** 好评 (4–5), 中评 (3), 差评 (1–2). */
export type ReviewRating =
  | 'BAD'
  | 'GOOD'
  | 'MIDDLE';

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

/** A: the ranking that holds; B: the one it is compared with. */
export type SearchArm =
  | 'A'
  | 'B';

/** A page of results that was shown, or one result that was opened. Nobody is named. */
export type SearchEvent = {
  /** Another result of this page was opened before. */
  again?: boolean;
  /** The one that runs, where the engine answered in the order of relevance. */
  experiment?: string | null | undefined;
  /** How much was found. */
  found: number;
  /** Of the result that was opened, from 1; null when the page was shown. */
  position?: number | null | undefined;
  query: string;
  /** Which ranking the page was shown in. */
  ranking?: SearchArm;
};

/** What a search finds: things to buy, pages that lead to them, and stories. */
export type SearchKind =
  | 'BRAND'
  | 'MERCHANT'
  | 'ORIGIN'
  | 'POST'
  | 'PRODUCT';

export type ShortReason =
  | 'CART_FULL'
  | 'LESS_LEFT'
  | 'OFF_SALE'
  | 'SOLD_OUT';

/** By the piece, by a packed weight, or weighed after it was ordered: then the weight of a SKU is an estimate, and its price is what is paid for now. */
export type SoldBy =
  | 'CATCH_WEIGHT'
  | 'PIECE'
  | 'WEIGHT';

/** How goods are kept and sent: at room temperature, chilled, frozen. */
export type StorageClass =
  | 'AMBIENT'
  | 'CHILLED'
  | 'FROZEN';

/** What a suggestion names. */
export type SuggestionKind =
  | 'BRAND'
  | 'CATEGORY'
  | 'MERCHANT'
  | 'ORIGIN'
  | 'PRODUCT';

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

export type CardPriceFragment = { minPrice: number, maxPrice: number, pricePer500g: number | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null };

export type DistrictsQueryVariables = Exact<{
  city: string;
}>;


export type DistrictsQuery = { regions: Array<{ code: string, name: string, longitude: number | null, latitude: number | null }> };

export type MyDistrictQueryVariables = Exact<{ [key: string]: never; }>;


export type MyDistrictQuery = { myAddresses: Array<{ id: string, regionCode: string, isDefault: boolean }> };

export type FlashSlotsQueryVariables = Exact<{ [key: string]: never; }>;


export type FlashSlotsQuery = { flashSessions: Array<{ id: string, name: string, startsAt: string, endsAt: string, serverTime: string }> };

export type OneKindFragment = { goodsTotal: number, discountTotal: number, freight: number, total: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string } | null, groups: Array<{ lines: Array<{ quantity: number, unitPrice: number, sku: { id: string, name: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> };

export type AddressChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type AddressChoicesQuery = { myAddresses: Array<{ id: string, name: string, phone: string, regionName: string, detail: string }> };

export type ChangeOrderAddressMutationVariables = Exact<{
  orderId: string;
  addressId: string;
}>;


export type ChangeOrderAddressMutation = { changeOrderAddress:
    | { __typename: 'Order', id: string, version: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type OrderLotsQueryVariables = Exact<{
  orderId: string;
}>;


export type OrderLotsQuery = { orderLots: Array<{ orderLineId: string, units: number, lot: { id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, origin: { code: string, fullName: string } } }> };

export type ParcelFieldsFragment = { id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> };

export type ParcelTracesQueryVariables = Exact<{
  id: string;
}>;


export type ParcelTracesQuery = { order: { id: string, shipments: Array<{ id: string, traces: Array<{ at: string, text: string, place: string, state: TrackState | null }> }> } | null };

export type PickupPlaceFragment = { id: string, name: string, regionName: string, detail: string, hours: string, phone: string };

export type CancelPickupMutationVariables = Exact<{
  orderId: string;
}>;


export type CancelPickupMutation = { cancelPickup:
    | { __typename: 'Order', id: string, state: OrderState }
    | { __typename: 'Refused', code: string, message: string }
   };

export type OrderPresaleFragment = { id: string, state: PresaleBookingState, deposit: number, depositKind: DepositKind | null, balance: number, rules: string, agreedAt: string | null, paidAt: string | null, balancePaidAt: string | null, allotted: boolean | null, compensation: number, compensationPaidAt: string | null, serverTime: string, offer: { id: string, schedule: string, balanceFrom: string | null, balanceUntil: string | null } };

export type CancelPresaleMutationVariables = Exact<{
  orderId: string;
  forfeits: boolean;
}>;


export type CancelPresaleMutation = { cancelPresale:
    | { __typename: 'Order', id: string, state: OrderState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ChangeOrderRemarkMutationVariables = Exact<{
  orderId: string;
  text: string;
}>;


export type ChangeOrderRemarkMutation = { changeOrderRemark:
    | { __typename: 'Order', id: string, version: number }
    | { __typename: 'Refused', code: string, message: string }
   };

type FoundPage_Brand_Fragment = { __typename: 'Brand', id: string, name: string, productCount: number, logo: { url: string } | null };

type FoundPage_Merchant_Fragment = { __typename: 'Merchant', id: string, name: string, productCount: number, soldCount: number, region: { fullName: string }, logo: { url: string } | null };

type FoundPage_Post_Fragment = { __typename: 'Post', id: string, words: { title: string, author: string, place: { name: string } | null, pictures: Array<{ url: string }> } | null };

type FoundPage_Product_Fragment = { __typename: 'Product' };

type FoundPage_Region_Fragment = { __typename: 'Region', code: string, name: string, fullName: string };

export type FoundPageFragment =
  | FoundPage_Brand_Fragment
  | FoundPage_Merchant_Fragment
  | FoundPage_Post_Fragment
  | FoundPage_Product_Fragment
  | FoundPage_Region_Fragment
;

export type PostCardFragment = { id: string, memberId: string | null, merchantId: string | null, publishedAt: string | null, likeCount: number, commentCount: number, words: { title: string, text: string, author: string, place: { code: string, name: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, bought: boolean }> } | null };

export type PriceRowFragment = { level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null, merchant: { id: string, name: string } | null };

export type ProductBriefFragment = { id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null };

export type ProductCouponsQueryVariables = Exact<{
  merchantId: string;
  productId: string;
}>;


export type ProductCouponsQuery = { productReductions: Array<{ id: string, name: string, rules: string, endsAt: string, acrossShops: boolean, steps: Array<{ threshold: number, off: number }> }>, couponsToClaim: Array<{ id: string, threshold: number, off: number, percentOff: number, most: number | null, left: number }> };

export type ProductFlashQueryVariables = Exact<{
  productId: string;
}>;


export type ProductFlashQuery = { flashOffers: Array<{ id: string, state: FlashOfferState, price: number, left: number, takenPercent: number, sku: { id: string, name: string }, session: { id: string, name: string, startsAt: string, endsAt: string, serverTime: string } }> };

export type ProductGroupsQueryVariables = Exact<{
  productId: string;
}>;


export type ProductGroupsQuery = { groupActivities: Array<{ id: string, name: string, price: number, size: number, left: number, sku: { id: string, name: string }, forming: Array<{ id: string, paid: number, missing: number, expiresAt: string, serverTime: string, leader: string }> }> };

export type ProductLotsQueryVariables = Exact<{
  productId: string;
}>;


export type ProductLotsQuery = { productLots: Array<{ id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, verification: { passed: boolean }, origin: { code: string, fullName: string } }> };

export type ProductPostsQueryVariables = Exact<{
  productId: string;
}>;


export type ProductPostsQuery = { posts: { total: number, nodes: Array<{ id: string, memberId: string | null, merchantId: string | null, publishedAt: string | null, likeCount: number, commentCount: number, words: { title: string, text: string, author: string, place: { code: string, name: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, bought: boolean }> } | null }> } };

export type ProductPresalesQueryVariables = Exact<{
  productId: string;
}>;


export type ProductPresalesQuery = { presales: Array<{ id: string, name: string, kind: PresaleKind, price: number, deposit: number | null, depositKind: DepositKind | null, left: number, startsAt: string, endsAt: string, balanceFrom: string | null, balanceUntil: string | null, schedule: string, rules: string, serverTime: string, sku: { id: string, name: string } }> };

export type ProductReviewsBlockQueryVariables = Exact<{
  id: string;
}>;


export type ProductReviewsBlockQuery = { product: { id: string, reviews: { count: number, score: number | null, goodRate: number | null, ones: number, twos: number, threes: number, fours: number, fives: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, withPictures: number, withFollowUp: number, shown: number, hidden: number, withdrawn: number } | null } | null, productReviews: { total: number, nodes: Array<{ id: string, author: string, skuName: string, score: number, publishedAt: string | null, helpfulCount: number, words: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null }> } };

export type RegionChildrenQueryVariables = Exact<{
  parent?: string | null | undefined;
}>;


export type RegionChildrenQuery = { regions: Array<{ code: string, name: string, level: RegionLevel }> };

export type RegionProvincesQueryVariables = Exact<{ [key: string]: never; }>;


export type RegionProvincesQuery = { provinces: Array<{ code: string, name: string, level: RegionLevel }> };

export type RegionPathQueryVariables = Exact<{
  code: string;
}>;


export type RegionPathQuery = { region: { code: string, name: string, level: RegionLevel, fullName: string, parent: { code: string, name: string, level: RegionLevel, parent: { code: string, name: string, level: RegionLevel, parent: { code: string, name: string, level: RegionLevel } | null } | null } | null } | null };

export type ReviewCardFragment = { id: string, author: string, skuName: string, score: number, publishedAt: string | null, helpfulCount: number, words: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null };

export type ReviewSumsFragment = { count: number, score: number | null, goodRate: number | null, ones: number, twos: number, threes: number, fours: number, fives: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, withPictures: number, withFollowUp: number, shown: number, hidden: number, withdrawn: number };

export type SearchHelpQueryVariables = Exact<{
  query: string;
  filter?: ProductFilter | null | undefined;
}>;


export type SearchHelpQuery = { searchHelp: { didYouMean: string | null, nearest: Array<string>, relaxed: Array<{ filter: string, total: number }> } };

export type PopularGoodsQueryVariables = Exact<{ [key: string]: never; }>;


export type PopularGoodsQuery = { searchProducts: { nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }> } };

export type SkuChoiceFragment = { id: string, name: string, price: number, marketPrice: number | null, marketNote: string | null, weight: number, pricePer500g: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean, position: number };

export type ShelfGoodsQueryVariables = Exact<{
  filter: ProductFilter;
  sort: ProductSort;
  after?: string | null | undefined;
}>;


export type ShelfGoodsQuery = { searchProducts: { total: number, nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

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
    | { __typename: 'UploadedFile', key: string, url: string }
   };

export type CartWholeFragment = { lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> };

export type CartPageQueryVariables = Exact<{ [key: string]: never; }>;


export type CartPageQuery = { cart: { lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> } };

export type CartCountQueryVariables = Exact<{ [key: string]: never; }>;


export type CartCountQuery = { cart: { lineCount: number } };

export type SetCartLineMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type SetCartLineMutation = { setCartLine:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SelectCartLinesMutationVariables = Exact<{
  skuIds: Array<string> | string;
  selected: boolean;
}>;


export type SelectCartLinesMutation = { selectCartLines:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RemoveCartLinesMutationVariables = Exact<{
  skuIds: Array<string> | string;
}>;


export type RemoveCartLinesMutation = { removeCartLines:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RestoreCartLineMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type RestoreCartLineMutation = { addToCart:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, discountTotal: number, freight: number, total: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, reductions: Array<{ id: string | null, name: string, off: number, note: string | null }>, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, left: number | null, notSent: string | null, sku: { id: string, name: string, price: number, available: number, limitEach: number | null, limitDays: number | null, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CategoryTreeQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoryTreeQuery = { categories: Array<{ id: string, name: string, icon: string | null, productCount: number, children: Array<{ id: string, name: string, icon: string | null, productCount: number }> }> };

export type CategoryPicksQueryVariables = Exact<{
  categoryId: string;
}>;


export type CategoryPicksQuery = { searchProducts: { total: number, nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }> } };

export type HomeQueryVariables = Exact<{
  city: string;
}>;


export type HomeQuery = { banners: Array<{ id: string, title: string, subtitle: string, link: string, image: { url: string, alt: string, width: number, height: number } }>, categories: Array<{ id: string, slug: string, name: string, icon: string | null }>, seasonalProducts: Array<{ seasonText: string, id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }>, regions: Array<{ code: string, name: string, longitude: number | null, latitude: number | null }> };

export type NearbyQueryVariables = Exact<{
  originCode: string;
  first?: number;
}>;


export type NearbyQuery = { originProducts: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }> };

export type MePageQueryVariables = Exact<{ [key: string]: never; }>;


export type MePageQuery = { couponsEndingSoon: number, myUnreadNotices: number, me: { id: string, nickname: string, maskedPhone: string | null, avatar: { url: string, alt: string, width: number, height: number } | null } | null, myOrderCounts: Array<{ state: OrderState, count: number }>, myPoints: { balance: number, soon: number } };

export type BindPhoneMutationVariables = Exact<{
  code: string;
}>;


export type BindPhoneMutation = { bindPhone:
    | { __typename: 'Member', id: string, nickname: string, maskedPhone: string | null }
    | { __typename: 'Refused', code: string, message: string }
   };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { logout:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ProductPageQueryVariables = Exact<{
  id: string;
}>;


export type ProductPageQuery = { product: { id: string, title: string, subtitle: string, description: string, state: ProductState, storage: StorageClass, returnClass: ReturnClass, shelfLifeDays: number | null, inSeason: boolean, seasonText: string, harvestWindow: string, shipsFrom: string | null, grade: string, soldBy: SoldBy, tolerancePercent: number | null, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, attributes: Array<{ attributeId: string, name: string, shown: string }>, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, clip: { url: string, milliseconds: number } | null, clipPoster: { url: string } | null, images: Array<{ url: string, alt: string, width: number, height: number, focusX: number, focusY: number }>, category: { id: string, name: string }, brand: { id: string, name: string } | null, origin: { code: string, name: string, fullName: string }, skus: Array<{ id: string, name: string, price: number, marketPrice: number | null, marketNote: string | null, weight: number, pricePer500g: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean, position: number }>, merchant: { id: string, name: string, kind: MerchantKind, state: MerchantState, productCount: number, soldCount: number, freight: number, freeFreightFrom: number | null, isPlatformOwned: boolean, logo: { url: string, alt: string, width: number, height: number } | null, region: { code: string, fullName: string } } } | null };

export type ProductFreightQueryVariables = Exact<{
  skuId: string;
  regionCode?: string | null | undefined;
}>;


export type ProductFreightQuery = { skuFreight:
    | { __typename: 'FreightQuote', fee: number | null, reason: string, region: { code: string, fullName: string } | null }
    | { __typename: 'Refused', code: string, message: string }
   };

export type AddToCartMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type AddToCartMutation = { addToCart:
    | { __typename: 'Cart', lineCount: number }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SearchExperimentQueryVariables = Exact<{ [key: string]: never; }>;


export type SearchExperimentQuery = { searchExperiment: { id: string, share: number } | null };

export type FoundGoodsFragment = { total: number, fullFeatured: boolean, relaxed: boolean, nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { inStock: number, inSeason: number, priceMin: number | null, priceMax: number | null, categories: Array<{ value: string, label: string, count: number }>, origins: Array<{ value: string, label: string, count: number }>, brands: Array<{ value: string, label: string, count: number }>, storage: Array<{ value: string, label: string, count: number }>, merchants: Array<{ value: string, label: string, count: number }>, places: Array<{ value: string, label: string, count: number }>, campaigns: Array<{ value: string, label: string, count: number }>, priceBands: Array<{ priceFrom: number, priceTo: number | null, count: number }>, attributes: Array<{ attributeId: string, name: string, values: Array<{ value: string, label: string, count: number }> }> } };

export type SearchResultsQueryVariables = Exact<{
  query: string;
  filter?: ProductFilter | null | undefined;
  sort: ProductSort;
  ranking: SearchArm;
  after?: string | null | undefined;
}>;


export type SearchResultsQuery = { searchProducts: { total: number, fullFeatured: boolean, relaxed: boolean, nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { inStock: number, inSeason: number, priceMin: number | null, priceMax: number | null, categories: Array<{ value: string, label: string, count: number }>, origins: Array<{ value: string, label: string, count: number }>, brands: Array<{ value: string, label: string, count: number }>, storage: Array<{ value: string, label: string, count: number }>, merchants: Array<{ value: string, label: string, count: number }>, places: Array<{ value: string, label: string, count: number }>, campaigns: Array<{ value: string, label: string, count: number }>, priceBands: Array<{ priceFrom: number, priceTo: number | null, count: number }>, attributes: Array<{ attributeId: string, name: string, values: Array<{ value: string, label: string, count: number }> }> } } };

export type NearbyResultsQueryVariables = Exact<{
  query: string;
  filter?: ProductFilter | null | undefined;
  near: Position;
  after?: string | null | undefined;
}>;


export type NearbyResultsQuery = { searchNearby: { total: number, fullFeatured: boolean, relaxed: boolean, distances: Array<{ productId: string, metres: number }>, nodes: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { inStock: number, inSeason: number, priceMin: number | null, priceMax: number | null, categories: Array<{ value: string, label: string, count: number }>, origins: Array<{ value: string, label: string, count: number }>, brands: Array<{ value: string, label: string, count: number }>, storage: Array<{ value: string, label: string, count: number }>, merchants: Array<{ value: string, label: string, count: number }>, places: Array<{ value: string, label: string, count: number }>, campaigns: Array<{ value: string, label: string, count: number }>, priceBands: Array<{ priceFrom: number, priceTo: number | null, count: number }>, attributes: Array<{ attributeId: string, name: string, values: Array<{ value: string, label: string, count: number }> }> } } };

export type OriginTownsQueryVariables = Exact<{
  parent: string;
}>;


export type OriginTownsQuery = { regions: Array<{ code: string, name: string }> };

export type SearchPagesQueryVariables = Exact<{
  query: string;
  kinds?: Array<SearchKind> | SearchKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SearchPagesQuery = { search: { total: number, counts: Array<{ kind: SearchKind, count: number }>, nodes: Array<
      | { __typename: 'Brand', id: string, name: string, productCount: number, logo: { url: string } | null }
      | { __typename: 'Merchant', id: string, name: string, productCount: number, soldCount: number, region: { fullName: string }, logo: { url: string } | null }
      | { __typename: 'Post', id: string, words: { title: string, author: string, place: { name: string } | null, pictures: Array<{ url: string }> } | null }
      | { __typename: 'Product' }
      | { __typename: 'Region', code: string, name: string, fullName: string }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RecordSearchMutationVariables = Exact<{
  input: SearchEvent;
}>;


export type RecordSearchMutation = { recordSearch:
    | { __typename: 'Done' }
    | { __typename: 'Refused' }
   };

export type SearchStartQueryVariables = Exact<{ [key: string]: never; }>;


export type SearchStartQuery = { seasonalProducts: Array<{ id: string, title: string }>, hotSearches: Array<{ words: string }>, categories: Array<{ id: string, name: string }> };

export type SearchSuggestionsQueryVariables = Exact<{
  prefix: string;
}>;


export type SearchSuggestionsQuery = { searchSuggestions: Array<{ text: string, kind: SuggestionKind, target: string }> };

export type CardRowFragment = { id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, merchant: { id: string, name: string } };

export type CardWholeFragment = { held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } };

export type MyCardsQueryVariables = Exact<{
  page: number;
}>;


export type MyCardsQuery = { myGiftCards: Array<{ id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, merchant: { id: string, name: string } }> };

export type CardPageQueryVariables = Exact<{
  id: string;
}>;


export type CardPageQuery = { myGiftCard: { held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } } | null };

export type BindCardMutationVariables = Exact<{
  code: string;
}>;


export type BindCardMutation = { bindGiftCard:
    | { __typename: 'GiftCard', id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type GiveCardMutationVariables = Exact<{
  id: string;
  words: string;
}>;


export type GiveCardMutation = { giveGiftCard:
    | { __typename: 'CardGiftLink', token: string, expiresAt: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type WithdrawCardMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawCardMutation = { withdrawGiftCard:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ReportCardLostMutationVariables = Exact<{
  id: string;
}>;


export type ReportCardLostMutation = { reportGiftCardLost:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RestoreCardMutationVariables = Exact<{
  id: string;
}>;


export type RestoreCardMutation = { restoreGiftCard:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ReissueCardMutationVariables = Exact<{
  id: string;
}>;


export type ReissueCardMutation = { reissueGiftCard:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ExtendCardMutationVariables = Exact<{
  id: string;
}>;


export type ExtendCardMutation = { extendGiftCard:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type QuoteCardRefundMutationVariables = Exact<{
  id: string;
}>;


export type QuoteCardRefundMutation = { quoteGiftCardRefund:
    | { __typename: 'CardRefundQuote', amount: number, why: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RefundCardMutationVariables = Exact<{
  id: string;
  expected: number;
}>;


export type RefundCardMutation = { refundGiftCard:
    | { __typename: 'GiftCard', held: number, frozenFor: string, boundAt: string | null, bought: boolean, id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, events: Array<{ kind: GiftCardEventKind, amount: number, balance: number, text: string, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CardsForSaleQueryVariables = Exact<{ [key: string]: never; }>;


export type CardsForSaleQuery = { giftCardsForSale: Array<{ id: string, name: string, named: boolean, face: number, price: number, validMonths: number | null, merchant: { id: string, name: string } }> };

export type BuyCardsMutationVariables = Exact<{
  input: BuyCardsInput;
}>;


export type BuyCardsMutation = { buyGiftCards:
    | { __typename: 'CardPurchase', id: string, state: CardPurchaseState, amount: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PayCardsMutationVariables = Exact<{
  id: string;
}>;


export type PayCardsMutation = { payCardPurchase:
    | { __typename: 'Prepay', tradeId: string, prepayId: string, timeStamp: string, nonceStr: string, package: string, signType: string, paySign: string, expiresAt: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ConfirmCardsMutationVariables = Exact<{
  id: string;
}>;


export type ConfirmCardsMutation = { confirmCardPurchase:
    | { __typename: 'CardPurchase', id: string, state: CardPurchaseState, amount: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CardGiftPageQueryVariables = Exact<{
  token: string;
}>;


export type CardGiftPageQuery = { cardGift: { name: string, face: number, balance: number, named: boolean, words: string, giver: string, state: GiftState, expiresAt: string, merchant: { id: string, name: string } } | null };

export type AcceptCardMutationVariables = Exact<{
  token: string;
  holderName: string;
  holderRef: string;
}>;


export type AcceptCardMutation = { acceptGiftCard:
    | { __typename: 'GiftCard', id: string, name: string, last4: string, state: GiftCardState, named: boolean, face: number, balance: number, available: number, expiresAt: string | null, expired: boolean, giftUntil: string | null, merchant: { id: string, name: string } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type PostFeedQueryVariables = Exact<{
  regionCode?: string | null | undefined;
  productId?: string | null | undefined;
  memberId?: string | null | undefined;
  merchantId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type PostFeedQuery = { posts: { total: number, nodes: Array<{ id: string, memberId: string | null, merchantId: string | null, publishedAt: string | null, likeCount: number, commentCount: number, words: { title: string, text: string, author: string, place: { code: string, name: string } | null, pictures: Array<{ url: string }>, goods: Array<{ productId: string, bought: boolean }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PostPlacesQueryVariables = Exact<{
  city: string;
}>;


export type PostPlacesQuery = { regions: Array<{ code: string, name: string }> };

export type PostPageQueryVariables = Exact<{
  id: string;
}>;


export type PostPageQuery = { post: { id: string, memberId: string | null, merchantId: string | null, publishedAt: string | null, likeCount: number, commentCount: number, merchant: { id: string, name: string } | null, words: { title: string, text: string, author: string, version: number, place: { code: string, name: string, fullName: string } | null, pictures: Array<{ url: string, width: number, height: number }>, goods: Array<{ productId: string, title: string, bought: boolean, product: { id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null } | null }> } | null } };

export type PostCommentsQueryVariables = Exact<{
  postId: string;
  after?: string | null | undefined;
}>;


export type PostCommentsQuery = { postComments: { total: number, nodes: Array<{ id: string, author: string, text: string, createdAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyPartInPostQueryVariables = Exact<{
  postId: string;
  postIds: Array<string> | string;
}>;


export type MyPartInPostQuery = { myLikedPosts: Array<string>, myPostComments: Array<{ id: string, state: PostCommentState, author: string, text: string, refusal: string, createdAt: string }>, me: { id: string } | null };

export type LikePostMutationVariables = Exact<{
  id: string;
  liked: boolean;
}>;


export type LikePostMutation = { likePost:
    | { __typename: 'Post', id: string, likeCount: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CommentPostMutationVariables = Exact<{
  postId: string;
  requestKey: string;
  text: string;
}>;


export type CommentPostMutation = { commentPost:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'WrittenPostComment', id: string, state: PostCommentState }
   };

export type RemovePostCommentMutationVariables = Exact<{
  id: string;
}>;


export type RemovePostCommentMutation = { removePostComment:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ReportPostMutationVariables = Exact<{
  id: string;
  reason: ReportReason;
}>;


export type ReportPostMutation = { reportPost:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ReportPostCommentMutationVariables = Exact<{
  id: string;
  reason: ReportReason;
}>;


export type ReportPostCommentMutation = { reportPostComment:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type MyPostWholeFragment = { id: string, state: PostState, createdAt: string, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, refusal: string, place: { code: string, fullName: string } | null, pictures: Array<{ key: string, url: string }>, goods: Array<{ productId: string, title: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> };

export type MyPostsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyPostsQuery = { myPosts: { total: number, nodes: Array<{ id: string, state: PostState, createdAt: string, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, refusal: string, place: { code: string, fullName: string } | null, pictures: Array<{ key: string, url: string }>, goods: Array<{ productId: string, title: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyPostQueryVariables = Exact<{
  id: string;
}>;


export type MyPostQuery = { myPost: { id: string, state: PostState, createdAt: string, likeCount: number, commentCount: number, hiddenFor: PostHiding | null, hiddenNote: string, written: Array<{ id: string, version: number, state: PostWordsState, title: string, text: string, refusal: string, place: { code: string, fullName: string } | null, pictures: Array<{ key: string, url: string }>, goods: Array<{ productId: string, title: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> } };

export type LinkableGoodsQueryVariables = Exact<{ [key: string]: never; }>;


export type LinkableGoodsQuery = { myLinkableProducts: Array<{ id: string, title: string }> };

export type WritePostMutationVariables = Exact<{
  requestKey: string;
  input: PostInput;
}>;


export type WritePostMutation = { writePost:
    | { __typename: 'PostFile', id: string, state: PostState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type EditPostMutationVariables = Exact<{
  id: string;
  input: PostInput;
}>;


export type EditPostMutation = { editPost:
    | { __typename: 'PostFile', id: string, state: PostState }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type RemovePostMutationVariables = Exact<{
  id: string;
}>;


export type RemovePostMutation = { removePost:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type AppealPostMutationVariables = Exact<{
  id: string;
  text: string;
}>;


export type AppealPostMutation = { appealPost:
    | { __typename: 'PostFile', id: string, state: PostState }
    | { __typename: 'Refused', code: string, message: string }
   };

export type LinkedGoodQueryVariables = Exact<{
  id: string;
}>;


export type LinkedGoodQuery = { product: { id: string, title: string } | null };

export type CouponsToClaimQueryVariables = Exact<{
  merchantId?: string | null | undefined;
}>;


export type CouponsToClaimQuery = { couponsToClaim: Array<{ id: string, name: string, rules: string, threshold: number, off: number, percentOff: number, most: number | null, allGoods: boolean, exclusive: boolean, audience: CampaignAudience, endsAt: string, validDays: number | null, validUntil: string | null, left: number, perMember: number, had: number, merchant: { id: string, name: string } | null }> };

export type MyCouponFragment = { id: string, name: string, rules: string, threshold: number, off: number, percentOff: number, most: number | null, allGoods: boolean, exclusive: boolean, state: CouponState, validUntil: string, tradeId: string | null, returned: boolean, merchant: { id: string, name: string } | null };

export type ClaimCouponMutationVariables = Exact<{
  campaignId: string;
}>;


export type ClaimCouponMutation = { claimCoupon:
    | { __typename: 'Coupon', id: string, name: string, rules: string, threshold: number, off: number, percentOff: number, most: number | null, allGoods: boolean, exclusive: boolean, state: CouponState, validUntil: string, tradeId: string | null, returned: boolean, merchant: { id: string, name: string } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type ClaimCouponByCodeMutationVariables = Exact<{
  code: string;
}>;


export type ClaimCouponByCodeMutation = { claimCouponByCode:
    | { __typename: 'Coupon', id: string, name: string, rules: string, threshold: number, off: number, percentOff: number, most: number | null, allGoods: boolean, exclusive: boolean, state: CouponState, validUntil: string, tradeId: string | null, returned: boolean, merchant: { id: string, name: string } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MyCouponsQueryVariables = Exact<{
  good: boolean;
  page: number;
}>;


export type MyCouponsQuery = { myCoupons: Array<{ id: string, name: string, rules: string, threshold: number, off: number, percentOff: number, most: number | null, allGoods: boolean, exclusive: boolean, state: CouponState, validUntil: string, tradeId: string | null, returned: boolean, merchant: { id: string, name: string } | null }> };

export type GroupOffersQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type GroupOffersQuery = { groupOffers: { total: number, items: Array<{ id: string, name: string, price: number, size: number, left: number, endsAt: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string, price: number } }> } };

export type PresaleOffersQueryVariables = Exact<{
  page: number;
  size: number;
}>;


export type PresaleOffersQuery = { presaleOffers: { total: number, items: Array<{ id: string, name: string, price: number, deposit: number | null, depositKind: DepositKind | null, left: number, startsAt: string, endsAt: string, schedule: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string } }> } };

export type DealProductFragment = { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null };

export type ReachFragment = { id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null };

export type CartReachFragment = { lineCount: number, reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }>, groups: Array<{ reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }> }> };

export type ReachCampaignQueryVariables = Exact<{
  id: string;
}>;


export type ReachCampaignQuery = { runningReduction: { id: string, name: string, rules: string, endsAt: string, acrossShops: boolean, steps: Array<{ threshold: number, off: number }> } | null };

export type ReachGoodsQueryVariables = Exact<{
  id: string;
  order: ReductionGoodsOrder;
  page: number;
}>;


export type ReachGoodsQuery = { reductionGoods: { total: number, items: Array<{ id: string, title: string, subtitle: string, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, minPrice: number, maxPrice: number, pricePer500g: number | null, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number, focusX: number, focusY: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null }> } };

export type ReachCartQueryVariables = Exact<{ [key: string]: never; }>;


export type ReachCartQuery = { cart: { lineCount: number, reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }>, groups: Array<{ reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }> }> } };

export type ReachSkusQueryVariables = Exact<{
  id: string;
}>;


export type ReachSkusQuery = { product: { id: string, skus: Array<{ id: string, name: string, price: number, marketPrice: number | null, marketNote: string | null, weight: number, pricePer500g: number | null, limitEach: number | null, limitDays: number | null, available: number, active: boolean, position: number }> } | null };

export type ReachAddMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type ReachAddMutation = { addToCart:
    | { __typename: 'Cart', lineCount: number, reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }>, groups: Array<{ reductions: Array<{ id: string | null, off: number, note: string | null, worth: number, missing: number | null, nextOff: number | null }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type FlashCheckoutQueryVariables = Exact<{
  offerId: string;
  quantity: number;
  addressId?: string | null | undefined;
}>;


export type FlashCheckoutQuery = { flashOffer: { id: string, left: number, perMember: number, session: { id: string, payMinutes: number } } | null, flashCheckoutPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, discountTotal: number, freight: number, total: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string } | null, groups: Array<{ lines: Array<{ quantity: number, unitPrice: number, sku: { id: string, name: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type EnterFlashMutationVariables = Exact<{
  offerId: string;
}>;


export type EnterFlashMutation = { enterFlash:
    | { __typename: 'FlashEntry', state: FlashEntryState, position: number | null, token: string | null, expiresAt: string | null, retryAfterMs: number | null, serverTime: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type PlaceFlashOrderMutationVariables = Exact<{
  input: PlaceFlashOrderInput;
}>;


export type PlaceFlashOrderMutation = { placeFlashOrder:
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type FlashSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type FlashSessionsQuery = { flashSessions: Array<{ id: string, name: string, startsAt: string, endsAt: string, payMinutes: number, serverTime: string, offers: Array<{ id: string, state: FlashOfferState, price: number, listPrice: number, total: number, left: number, takenPercent: number, perMember: number, sku: { id: string, name: string }, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } }> }> };

export type GroupPageQueryVariables = Exact<{
  id: string;
}>;


export type GroupPageQuery = { group: { id: string, state: GroupState, size: number, paid: number, paying: number, missing: number, expiresAt: string, serverTime: string, endedAt: string | null, mergedIntoId: string | null, leader: string, members: Array<{ name: string, paidAt: string | null }>, mine: { id: string, state: GroupSeatState, orderId: string, mayMerge: boolean, movedFromId: string | null } | null, activity: { id: string, name: string, price: number, listPrice: number, size: number, perMember: number, left: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string } } } | null };

export type GroupChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type GroupChangedSubscription = { groupChanged: { id: string, state: GroupState, size: number, paid: number, paying: number, missing: number, expiresAt: string, serverTime: string, endedAt: string | null, mergedIntoId: string | null, leader: string, members: Array<{ name: string, paidAt: string | null }>, mine: { id: string, state: GroupSeatState, orderId: string, mayMerge: boolean, movedFromId: string | null } | null, activity: { id: string, name: string, price: number, listPrice: number, size: number, perMember: number, left: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string } } } };

export type GroupWholeFragment = { id: string, state: GroupState, size: number, paid: number, paying: number, missing: number, expiresAt: string, serverTime: string, endedAt: string | null, mergedIntoId: string | null, leader: string, members: Array<{ name: string, paidAt: string | null }>, mine: { id: string, state: GroupSeatState, orderId: string, mayMerge: boolean, movedFromId: string | null } | null, activity: { id: string, name: string, price: number, listPrice: number, size: number, perMember: number, left: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string } } };

export type GroupCheckoutQueryVariables = Exact<{
  activityId: string;
  quantity: number;
  addressId?: string | null | undefined;
}>;


export type GroupCheckoutQuery = { groupCheckoutPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, discountTotal: number, freight: number, total: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string } | null, groups: Array<{ lines: Array<{ quantity: number, unitPrice: number, sku: { id: string, name: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type PlaceGroupOrderMutationVariables = Exact<{
  input: PlaceGroupOrderInput;
}>;


export type PlaceGroupOrderMutation = { placeGroupOrder:
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type MyGroupsQueryVariables = Exact<{
  page: number;
}>;


export type MyGroupsQuery = { myGroups: { total: number, items: Array<{ id: string, state: GroupSeatState, quantity: number, orderId: string, group: { id: string, state: GroupState, size: number, paid: number, expiresAt: string, activity: { id: string, price: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null }, sku: { id: string, name: string } } } | null }> } };

export type InvitationPageQueryVariables = Exact<{
  scene: string;
}>;


export type InvitationPageQuery = { invitation: { inviter: string, programme: { id: string, name: string, rules: string, endsAt: string, bindDays: number, orderDays: number, leastKept: number, perInviter: number, perMonth: number, left: number, inviterCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null }, inviteeCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null } } } | null };

export type MyInvitationQueryVariables = Exact<{ [key: string]: never; }>;


export type MyInvitationQuery = { myInvitation: { id: string, inviter: string, state: ReferralState, told: string, dueAt: string } | null };

export type ReferralCouponFieldsFragment = { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null };

export type ReferralProgrammeFieldsFragment = { id: string, name: string, rules: string, endsAt: string, bindDays: number, orderDays: number, leastKept: number, perInviter: number, perMonth: number, left: number, inviterCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null }, inviteeCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null } };

export type InvitePageQueryVariables = Exact<{ [key: string]: never; }>;


export type InvitePageQuery = { referralProgramme: { id: string, name: string, rules: string, endsAt: string, bindDays: number, orderDays: number, leastKept: number, perInviter: number, perMonth: number, left: number, inviterCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null }, inviteeCoupon: { threshold: number, off: number, percentOff: number, most: number | null, validDays: number | null, validUntil: string | null } } | null, myInviteCode: { code: string, scene: string, picture: { url: string, width: number, height: number } | null } | null, myInvitation: { id: string, inviter: string, state: ReferralState, told: string, dueAt: string } | null, myInvited: { total: number, items: Array<{ id: string, name: string, state: ReferralState, told: string, rewarded: boolean, createdAt: string, dueAt: string }> } };

export type MoreInvitedQueryVariables = Exact<{
  page: number;
}>;


export type MoreInvitedQuery = { myInvited: { total: number, items: Array<{ id: string, name: string, state: ReferralState, told: string, rewarded: boolean, createdAt: string, dueAt: string }> } };

export type MakeInviteCodeMutationVariables = Exact<{
  device: string;
}>;


export type MakeInviteCodeMutation = { makeInviteCode:
    | { __typename: 'InviteCode', code: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type DrawInviteCodeMutationVariables = Exact<{ [key: string]: never; }>;


export type DrawInviteCodeMutation = { drawInviteCode:
    | { __typename: 'InviteCode', code: string, picture: { url: string, width: number, height: number } | null }
    | { __typename: 'Refused', code: string, message: string }
   };

export type AddressWholeFragment = { id: string, name: string, phone: string, regionCode: string, regionName: string, detail: string, isDefault: boolean };

export type MyAddressesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAddressesQuery = { myAddresses: Array<{ id: string, name: string, phone: string, regionCode: string, regionName: string, detail: string, isDefault: boolean }> };

export type SaveAddressMutationVariables = Exact<{
  id?: string | null | undefined;
  input: AddressInput;
}>;


export type SaveAddressMutation = { saveAddress:
    | { __typename: 'Address', id: string, name: string, phone: string, regionCode: string, regionName: string, detail: string, isDefault: boolean }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type DeleteAddressMutationVariables = Exact<{
  id: string;
}>;


export type DeleteAddressMutation = { deleteAddress:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type MyDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyDevicesQuery = { myDevices: Array<{ id: string, name: string, current: boolean, createdAt: string, lastSeenAt: string }> };

export type RevokeDeviceMutationVariables = Exact<{
  id: string;
}>;


export type RevokeDeviceMutation = { revokeDevice:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type MyNoticesQueryVariables = Exact<{
  page: number;
}>;


export type MyNoticesQuery = { myNotices: { total: number, unread: number, items: Array<{ id: string, kind: NoticeKind, title: string, text: string, subjectId: string | null, createdAt: string, readAt: string | null }> } };

export type ReadNoticesMutationVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
}>;


export type ReadNoticesMutation = { readNotices:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ProfilePageQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfilePageQuery = { me: { id: string, nickname: string, maskedPhone: string | null, createdAt: string } | null };

export type UpdateProfileMutationVariables = Exact<{
  nickname: string;
}>;


export type UpdateProfileMutation = { updateProfile:
    | { __typename: 'Member', id: string, nickname: string, maskedPhone: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type BrandPageQueryVariables = Exact<{
  id: string;
}>;


export type BrandPageQuery = { brand: { id: string, name: string, story: string, productCount: number, logo: { url: string, alt: string } | null, merchant: { id: string, name: string, region: { code: string, fullName: string } } | null } | null };

export type MerchantPageQueryVariables = Exact<{
  id: string;
}>;


export type MerchantPageQuery = { merchant: { id: string, name: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string, width: number, height: number } | null, region: { code: string, fullName: string } } | null };

export type OriginPageQueryVariables = Exact<{
  code: string;
}>;


export type OriginPageQuery = { origin: { code: string, story: string, productCount: number, picture: { url: string, alt: string } | null, region: { code: string, name: string, fullName: string, parent: { code: string, name: string } | null }, parts: Array<{ code: string, productCount: number, region: { code: string, name: string } }> } | null };

export type PointsPageQueryVariables = Exact<{ [key: string]: never; }>;


export type PointsPageQuery = { myPoints: { balance: number, debt: number, soon: number, soonAt: string | null, waiting: number }, pointsRules: { earning: boolean, spending: boolean, perYuan: number, dailyMost: number, capPercent: number, leastGoods: number } | null };

export type PointsEntriesQueryVariables = Exact<{
  gains?: boolean | null | undefined;
  page: number;
}>;


export type PointsEntriesQuery = { myPointsEntries: { total: number, items: Array<{ id: string, kind: PointsEntryKind, amount: number, debt: number, balance: number, text: string, orderId: string | null, createdAt: string }> } };

export type PresaleCheckoutQueryVariables = Exact<{
  offerId: string;
  quantity: number;
  addressId?: string | null | undefined;
}>;


export type PresaleCheckoutQuery = { presaleCheckoutPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, discountTotal: number, freight: number, total: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string } | null, groups: Array<{ lines: Array<{ quantity: number, unitPrice: number, sku: { id: string, name: string, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type PlacePresaleOrderMutationVariables = Exact<{
  input: PlacePresaleOrderInput;
}>;


export type PlacePresaleOrderMutation = { placePresaleOrder:
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type ProductReviewsQueryVariables = Exact<{
  productId: string;
  order: ReviewOrder;
  rating?: ReviewRating | null | undefined;
  withPictures: boolean;
  withFollowUp: boolean;
  after?: string | null | undefined;
}>;


export type ProductReviewsQuery = { productReviews: { total: number, nodes: Array<{ id: string, author: string, skuName: string, score: number, publishedAt: string | null, helpfulCount: number, words: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, followUp: { text: string, createdAt: string, pictures: Array<{ url: string }> } | null, reply: { text: string, version: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ProductReviewSumsQueryVariables = Exact<{
  id: string;
}>;


export type ProductReviewSumsQuery = { product: { id: string, title: string, reviews: { count: number, score: number | null, goodRate: number | null, ones: number, twos: number, threes: number, fours: number, fives: number, freshness: number | null, accuracy: number | null, logistics: number | null, service: number | null, withPictures: number, withFollowUp: number, shown: number, hidden: number, withdrawn: number } | null } | null };

export type MyHelpfulReviewsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type MyHelpfulReviewsQuery = { myHelpfulReviews: Array<string> };

export type VoteReviewMutationVariables = Exact<{
  id: string;
  helpful: boolean;
}>;


export type VoteReviewMutation = { voteReview:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Review', id: string, helpfulCount: number }
   };

export type ReportReviewMutationVariables = Exact<{
  id: string;
  reason: ReportReason;
}>;


export type ReportReviewMutation = { reportReview:
    | { __typename: 'Done', ok: boolean }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ReviewLineFragment = { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null };

export type MyReviewablesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyReviewablesQuery = { myReviewables: { total: number, nodes: Array<{ lineId: string, orderId: string, until: string | null, line: { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrderReviewablesQueryVariables = Exact<{
  orderId: string;
}>;


export type OrderReviewablesQuery = { orderReviewables: Array<{ lineId: string, reviewId: string | null, until: string | null, line: { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null } }> };

export type MyReviewWholeFragment = { id: string, lineId: string, productId: string, state: ReviewState, author: string, anonymous: boolean, score: number, createdAt: string, helpfulCount: number, hiddenFor: ReviewHiding | null, hiddenNote: string, canFollowUp: boolean, line: { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null }, written: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> };

export type MyReviewsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyReviewsQuery = { myReviews: { total: number, nodes: Array<{ id: string, lineId: string, productId: string, state: ReviewState, author: string, anonymous: boolean, score: number, createdAt: string, helpfulCount: number, hiddenFor: ReviewHiding | null, hiddenNote: string, canFollowUp: boolean, line: { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null }, written: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyReviewQueryVariables = Exact<{
  id: string;
}>;


export type MyReviewQuery = { myReview: { id: string, lineId: string, productId: string, state: ReviewState, author: string, anonymous: boolean, score: number, createdAt: string, helpfulCount: number, hiddenFor: ReviewHiding | null, hiddenNote: string, canFollowUp: boolean, line: { id: string, productId: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string } | null }, written: Array<{ id: string, part: ReviewPart, version: number, state: ReviewWordsState, text: string, refusal: string, createdAt: string, pictures: Array<{ url: string }> }>, appeals: Array<{ text: string, state: AppealState, answer: string, createdAt: string }> } };

export type WriteReviewMutationVariables = Exact<{
  input: ReviewInput;
}>;


export type WriteReviewMutation = { writeReview:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'ReviewFile', id: string, state: ReviewState }
   };

export type RewriteReviewMutationVariables = Exact<{
  id: string;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type RewriteReviewMutation = { rewriteReview:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'ReviewFile', id: string, state: ReviewState }
   };

export type FollowUpReviewMutationVariables = Exact<{
  id: string;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type FollowUpReviewMutation = { followUpReview:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'ReviewFile', id: string, state: ReviewState }
   };

export type WithdrawReviewMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawReviewMutation = { withdrawReview:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'ReviewFile', id: string, state: ReviewState }
   };

export type AppealReviewMutationVariables = Exact<{
  id: string;
  text: string;
}>;


export type AppealReviewMutation = { appealReview:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'ReviewFile', id: string, state: ReviewState }
   };

export type AfterSaleBriefFragment = { id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } };

export type AfterSaleWholeFragment = { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } };

export type MyAfterSalesQueryVariables = Exact<{
  openOnly: boolean;
  after?: string | null | undefined;
}>;


export type MyAfterSalesQuery = { myAfterSales: { total: number, nodes: Array<{ id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AfterSalePageQueryVariables = Exact<{
  id: string;
}>;


export type AfterSalePageQuery = { myAfterSale: { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } } | null, carriers: Array<{ code: string, name: string }> };

export type OrderAfterSalesQueryVariables = Exact<{
  orderId: string;
}>;


export type OrderAfterSalesQuery = { orderAfterSales: Array<{ id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }> };

export type AfterSaleOptionsQueryVariables = Exact<{
  orderId: string;
}>;


export type AfterSaleOptionsQuery = { afterSaleOptions: Array<{ line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }, options: Array<{ kind: AfterSaleKind, beforeShipping: boolean, units: number, reasons: Array<AfterSaleReason>, until: string | null, refused: string | null }> }> };

export type AfterSaleQuoteQueryVariables = Exact<{
  input: ApplyAfterSaleInput;
}>;


export type AfterSaleQuoteQuery = { afterSaleQuote:
    | { __typename: 'AfterSaleQuotes', total: number, lines: Array<{ lineId: string, worth: number, amount: number, freight: number, explained: Array<string> }> }
    | { __typename: 'Refused', code: string, message: string }
   };

export type AfterSaleChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type AfterSaleChangedSubscription = { afterSaleChanged: { refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } } };

export type ApplyAfterSaleMutationVariables = Exact<{
  input: ApplyAfterSaleInput;
}>;


export type ApplyAfterSaleMutation = { applyAfterSale:
    | { __typename: 'AfterSalesApplied', afterSales: Array<{ id: string }> }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CancelAfterSaleMutationVariables = Exact<{
  id: string;
}>;


export type CancelAfterSaleMutation = { cancelAfterSale:
    | { __typename: 'AfterSale', refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type EscalateAfterSaleMutationVariables = Exact<{
  id: string;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type EscalateAfterSaleMutation = { escalateAfterSale:
    | { __typename: 'AfterSale', refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SendAfterSaleReturnMutationVariables = Exact<{
  id: string;
  carrier: string;
  trackingNumber: string;
}>;


export type SendAfterSaleReturnMutation = { sendAfterSaleReturn:
    | { __typename: 'AfterSale', refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ConfirmReplacementMutationVariables = Exact<{
  id: string;
}>;


export type ConfirmReplacementMutation = { confirmReplacement:
    | { __typename: 'AfterSale', refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SpeakOnAfterSaleMutationVariables = Exact<{
  id: string;
  text: string;
  pictures?: Array<string> | string | null | undefined;
}>;


export type SpeakOnAfterSaleMutation = { speakOnAfterSale:
    | { __typename: 'AfterSale', refusedFor: AfterSaleRefusal | null, piecesDamaged: number | null, piecesReceived: number | null, beforeShipping: boolean, returnCarrier: string | null, returnNumber: string | null, replacementCarrier: string | null, replacementNumber: string | null, returnedAt: string | null, finishedAt: string | null, acts: Array<AfterSaleAct>, id: string, number: string, orderId: string, lineId: string, kind: AfterSaleKind, state: AfterSaleState, reason: AfterSaleReason, quantity: number, amount: number, freight: number, deadlineAt: string | null, createdAt: string, version: number, returnTo: { name: string, phone: string, regionName: string, detail: string } | null, messages: Array<{ at: string, text: string, state: AfterSaleState, actor: ActorKind, pictures: Array<{ url: string, width: number, height: number }> }>, line: { id: string, title: string, skuName: string, unitPrice: number, quantity: number, image: { url: string, alt: string, width: number, height: number } | null } }
    | { __typename: 'Refused', code: string, message: string }
   };

export type LotBriefFragment = { id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, origin: { code: string, fullName: string } };

export type LotPageQueryVariables = Exact<{
  number: string;
}>;


export type LotPageQuery = { lot: { producer: string, storage: StorageClass, latitude: number | null, longitude: number | null, harvestedGrams: number, stateReason: string, id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, merchant: { id: string, name: string }, product: { id: string, title: string, minPrice: number, maxPrice: number, pricePer500g: number | null, cover: { url: string, alt: string, width: number, height: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null } | null, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } } | null };

export type LotWholeFragment = { producer: string, storage: StorageClass, latitude: number | null, longitude: number | null, harvestedGrams: number, stateReason: string, id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, merchant: { id: string, name: string }, product: { id: string, title: string, minPrice: number, maxPrice: number, pricePer500g: number | null, cover: { url: string, alt: string, width: number, height: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null } | null, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } };

export type PiecePageQueryVariables = Exact<{
  code: string;
}>;


export type PiecePageQuery = { piece: { code: string, lot: { producer: string, storage: StorageClass, latitude: number | null, longitude: number | null, harvestedGrams: number, stateReason: string, id: string, number: string, productName: string, plot: string, grade: string, harvestedOn: string | null, bestBefore: string | null, state: LotState, merchant: { id: string, name: string }, product: { id: string, title: string, minPrice: number, maxPrice: number, pricePer500g: number | null, cover: { url: string, alt: string, width: number, height: number } | null, campaign: { kinds: Array<CampaignMark>, kind: CampaignMark | null, price: number | null, pricePer500g: number | null, struckPrice: number | null, varies: boolean } | null } | null, events: Array<{ position: number, kind: TraceKind, at: string, place: string, actor: string, note: string, photos: Array<string>, documents: Array<string>, corrects: number | null, recordedAt: string, facts: Array<{ fact: TraceFact, label: string, value: string }> }>, verification: { passed: boolean, events: number, anchored: number, faults: Array<{ fault: TraceFault, position: number | null, sentence: string }> }, origin: { code: string, fullName: string } } } | null };

export type ScanPieceMutationVariables = Exact<{
  code: string;
  device: string;
  regionCode?: string | null | undefined;
}>;


export type ScanPieceMutation = { scanPiece:
    | { __typename: 'PieceScanned', times: number, yours: number, firstAt: string, warning: PieceWarning, firstRegion: { code: string, fullName: string } | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CashierTradeFragment = { id: string, number: string, state: TradeState, total: number, due: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, presale: { id: string, deposit: number, balance: number } | null, pickupPoint: { id: string } | null, merchant: { id: string, name: string } }> };

export type CashierPageQueryVariables = Exact<{
  id: string;
}>;


export type CashierPageQuery = { trade: { id: string, number: string, state: TradeState, total: number, due: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, presale: { id: string, deposit: number, balance: number } | null, pickupPoint: { id: string } | null, merchant: { id: string, name: string } }> } | null };

export type PayTradeMutationVariables = Exact<{
  tradeId: string;
}>;


export type PayTradeMutation = { payTrade:
    | { __typename: 'Prepay', tradeId: string, prepayId: string, timeStamp: string, nonceStr: string, package: string, signType: string, paySign: string, expiresAt: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type ConfirmPaymentMutationVariables = Exact<{
  tradeId: string;
}>;


export type ConfirmPaymentMutation = { confirmPayment:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, number: string, state: TradeState, total: number, due: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, presale: { id: string, deposit: number, balance: number } | null, pickupPoint: { id: string } | null, merchant: { id: string, name: string } }> }
   };

export type CancelTradeMutationVariables = Exact<{
  tradeId: string;
}>;


export type CancelTradeMutation = { cancelTrade:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, number: string, state: TradeState, total: number, due: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, presale: { id: string, deposit: number, balance: number } | null, pickupPoint: { id: string } | null, merchant: { id: string, name: string } }> }
   };

export type PayTradeByCardsMutationVariables = Exact<{
  tradeId: string;
}>;


export type PayTradeByCardsMutation = { payTradeByCards:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, number: string, state: TradeState, total: number, due: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, presale: { id: string, deposit: number, balance: number } | null, pickupPoint: { id: string } | null, merchant: { id: string, name: string } }> }
   };

export type CheckoutPreviewQueryVariables = Exact<{
  lines: Array<WantedSku> | WantedSku;
  addressId?: string | null | undefined;
  couponIds?: Array<string> | string | null | undefined;
  cardIds?: Array<string> | string | null | undefined;
  points: number;
}>;


export type CheckoutPreviewQuery = { checkoutPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, discountTotal: number, freight: number, total: number, due: number, needsReturnWaiver: Array<string>, cards: Array<{ id: string, name: string, merchantId: string, available: number, paid: number, expiresAt: string | null }>, points: { balance: number, used: number, usable: number, note: string | null, earns: number } | null, priceTrace: Array<{ level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null, merchant: { id: string, name: string } | null }>, coupons: Array<{ id: string, name: string, merchantId: string | null, threshold: number, off: number, percentOff: number, most: number | null, exclusive: boolean, saved: number, note: string | null }>, address: { id: string, name: string, phone: string, regionName: string, detail: string, isDefault: boolean } | null, groups: Array<{ goodsTotal: number, discountTotal: number, freight: number, total: number, merchant: { id: string, name: string, freight: number, freeFreightFrom: number | null }, lines: Array<{ quantity: number, unitPrice: number, amount: number, sku: { id: string, name: string, product: { id: string, title: string, returnClass: ReturnClass, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, skuId: string, available: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Undeliverable', code: string, message: string, skuIds: Array<string>, reason: string }
   };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder:
    | { __typename: 'OutOfStock', code: string, message: string, skuId: string, available: number }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string, number: string, total: number, expiresAt: string }
    | { __typename: 'Undeliverable', code: string, message: string, skuIds: Array<string>, reason: string }
   };

export type InvoiceShownFragment = { id: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null };

export type InvoicePageQueryVariables = Exact<{
  id: string;
}>;


export type InvoicePageQuery = { order: { id: string, number: string, state: OrderState, paidAt: string | null, total: number, merchant: { name: string }, invoices: Array<{ id: string, kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string, amount: number, due: number, state: InvoiceState, number: string | null, link: string | null, createdAt: string, issuedAt: string | null, refusedBecause: InvoiceRefusal | null, refusedNote: string | null }> } | null, myInvoiceTitles: Array<{ kind: InvoiceKind, holder: InvoiceHolder, title: string, taxNumber: string | null, email: string }> };

export type RequestInvoiceMutationVariables = Exact<{
  input: RequestInvoiceInput;
}>;


export type RequestInvoiceMutation = { requestInvoice:
    | { __typename: 'OrderInvoice', id: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type CancelInvoiceMutationVariables = Exact<{
  invoiceId: string;
}>;


export type CancelInvoiceMutation = { cancelInvoice:
    | { __typename: 'OrderInvoice', id: string }
    | { __typename: 'Refused', code: string, message: string }
   };

export type InvoiceOrderChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type InvoiceOrderChangedSubscription = { orderChanged: { id: string, version: number } };

export type OrderWholeFragment = { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, discountTotal: number, pointsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, cardTotal: number, merchant: { id: string, name: string }, presale: { id: string, state: PresaleBookingState, deposit: number, depositKind: DepositKind | null, balance: number, rules: string, agreedAt: string | null, paidAt: string | null, balancePaidAt: string | null, allotted: boolean | null, compensation: number, compensationPaidAt: string | null, serverTime: string, offer: { id: string, schedule: string, balanceFrom: string | null, balanceUntil: string | null } } | null, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { id: string, name: string, regionName: string, detail: string, hours: string, phone: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, code: string | null, codePicture: string | null } | null, voucher: { units: number, returned: number } | null, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, invoices: Array<{ id: string, state: InvoiceState }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> };

export type OrderPageQueryVariables = Exact<{
  id: string;
}>;


export type OrderPageQuery = { order: { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, discountTotal: number, pointsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, cardTotal: number, merchant: { id: string, name: string }, presale: { id: string, state: PresaleBookingState, deposit: number, depositKind: DepositKind | null, balance: number, rules: string, agreedAt: string | null, paidAt: string | null, balancePaidAt: string | null, allotted: boolean | null, compensation: number, compensationPaidAt: string | null, serverTime: string, offer: { id: string, schedule: string, balanceFrom: string | null, balanceUntil: string | null } } | null, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { id: string, name: string, regionName: string, detail: string, hours: string, phone: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, code: string | null, codePicture: string | null } | null, voucher: { units: number, returned: number } | null, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, invoices: Array<{ id: string, state: InvoiceState }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } | null };

export type OrderPriceQueryVariables = Exact<{
  id: string;
}>;


export type OrderPriceQuery = { order: { id: string, priceTrace: Array<{ level: number, kind: PriceNodeKind, label: string, amount: number, party: PriceParty | null, note: string | null, merchant: { id: string, name: string } | null }> } | null };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type OrderChangedSubscription = { orderChanged: { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, discountTotal: number, pointsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, cardTotal: number, merchant: { id: string, name: string }, presale: { id: string, state: PresaleBookingState, deposit: number, depositKind: DepositKind | null, balance: number, rules: string, agreedAt: string | null, paidAt: string | null, balancePaidAt: string | null, allotted: boolean | null, compensation: number, compensationPaidAt: string | null, serverTime: string, offer: { id: string, schedule: string, balanceFrom: string | null, balanceUntil: string | null } } | null, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { id: string, name: string, regionName: string, detail: string, hours: string, phone: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, code: string | null, codePicture: string | null } | null, voucher: { units: number, returned: number } | null, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, invoices: Array<{ id: string, state: InvoiceState }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } };

export type ConfirmReceiptMutationVariables = Exact<{
  orderId: string;
}>;


export type ConfirmReceiptMutation = { confirmReceipt:
    | { __typename: 'Order', id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, discountTotal: number, pointsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, cardTotal: number, merchant: { id: string, name: string }, presale: { id: string, state: PresaleBookingState, deposit: number, depositKind: DepositKind | null, balance: number, rules: string, agreedAt: string | null, paidAt: string | null, balancePaidAt: string | null, allotted: boolean | null, compensation: number, compensationPaidAt: string | null, serverTime: string, offer: { id: string, schedule: string, balanceFrom: string | null, balanceUntil: string | null } } | null, address: { name: string, phone: string, regionName: string, detail: string } | null, pickupPoint: { id: string, name: string, regionName: string, detail: string, hours: string, phone: string } | null, pickup: { state: PickupState, deadline: string, pickedUpAt: string | null, code: string | null, codePicture: string | null } | null, voucher: { units: number, returned: number } | null, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, state: TrackState | null, latestText: string | null, latestAt: string | null, carrier: { code: string, name: string }, lines: Array<{ lineId: string, title: string, skuName: string, quantity: number }> }>, invoices: Array<{ id: string, state: InvoiceState }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CancelOrderTradeMutationVariables = Exact<{
  tradeId: string;
}>;


export type CancelOrderTradeMutation = { cancelTrade:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, state: TradeState }
   };

export type ReorderMutationVariables = Exact<{
  orderId: string;
}>;


export type ReorderMutation = { reorder:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Reordered', cart: { lineCount: number }, missing: Array<{ title: string, skuName: string, wanted: number, added: number, reason: ShortReason }> }
   };

export type OrderBriefFragment = { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, total: number, createdAt: string, expiresAt: string, merchant: { id: string, name: string }, lines: Array<{ id: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, image: { url: string, alt: string, width: number, height: number } | null }> };

export type MyOrdersQueryVariables = Exact<{
  states?: Array<OrderState> | OrderState | null | undefined;
  after?: string | null | undefined;
}>;


export type MyOrdersQuery = { myOrders: { total: number, nodes: Array<{ id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, total: number, createdAt: string, expiresAt: string, merchant: { id: string, name: string }, lines: Array<{ id: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, image: { url: string, alt: string, width: number, height: number } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyOrderCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyOrderCountsQuery = { myOrderCounts: Array<{ state: OrderState, count: number }> };

export type OrderSnapshotsQueryVariables = Exact<{
  id: string;
}>;


export type OrderSnapshotsQuery = { order: { id: string, number: string, createdAt: string, merchant: { id: string, name: string }, lines: Array<{ id: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, weight: number, returnClass: ReturnClass, snapshot: { hash: string, title: string, subtitle: string, description: string, storage: StorageClass, returnClass: ReturnClass, shelfLifeDays: number | null, origin: string, harvestFrom: number | null, harvestTo: number | null, imageUrls: Array<string> } | null }> } | null };

export type VoucherHeadFragment = { id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> };

export type VoucherWholeFragment = { note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> };

export type MyVouchersQueryVariables = Exact<{
  page: number;
}>;


export type MyVouchersQuery = { myVouchers: Array<{ id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> };

export type VoucherPageQueryVariables = Exact<{
  id: string;
}>;


export type VoucherPageQuery = { myVoucher: { note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> } | null };

export type VoucherGiftPageQueryVariables = Exact<{
  token: string;
}>;


export type VoucherGiftPageQuery = { voucherGift: { name: string, balance: number, validUntil: string, words: string, giver: string, state: GiftState, expiresAt: string, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, product: { id: string, title: string } } }> } | null };

export type RedemptionPageQueryVariables = Exact<{
  voucherId: string;
  skuId: string;
  quantity: number;
  addressId?: string | null | undefined;
  pickedUp: boolean;
}>;


export type RedemptionPageQuery = { redemptionPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, freight: number, total: number, due: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string } | null }
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type RedeemVoucherMutationVariables = Exact<{
  input: RedeemVoucherInput;
}>;


export type RedeemVoucherMutation = { redeemVoucher:
    | { __typename: 'OutOfStock', code: string, message: string }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string, state: TradeState, orders: Array<{ id: string }> }
    | { __typename: 'Undeliverable', code: string, message: string }
   };

export type GiveVoucherMutationVariables = Exact<{
  id: string;
  words: string;
}>;


export type GiveVoucherMutation = { giveVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'VoucherGiftLink', token: string, expiresAt: string }
   };

export type BindVoucherMutationVariables = Exact<{
  code: string;
}>;


export type BindVoucherMutation = { bindVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', id: string, name: string, balance: number }
   };

export type WithdrawVoucherMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawVoucherMutation = { withdrawVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type AcceptVoucherMutationVariables = Exact<{
  token: string;
}>;


export type AcceptVoucherMutation = { acceptVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', id: string, name: string, balance: number }
   };

export type ReportVoucherLostMutationVariables = Exact<{
  id: string;
}>;


export type ReportVoucherLostMutation = { reportVoucherLost:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type RestoreVoucherMutationVariables = Exact<{
  id: string;
}>;


export type RestoreVoucherMutation = { restoreVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type ExtendVoucherMutationVariables = Exact<{
  id: string;
}>;


export type ExtendVoucherMutation = { extendVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type AskVoucherRefundMutationVariables = Exact<{
  id: string;
  payee: string;
}>;


export type AskVoucherRefundMutation = { askVoucherRefund:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type KeepVoucherMutationVariables = Exact<{
  id: string;
}>;


export type KeepVoucherMutation = { keepVoucher:
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Voucher', note: string, value: number, refundable: boolean, validFrom: string, rules: Array<string>, id: string, name: string, last4: string, state: VoucherState, units: number, balance: number, held: number, available: number, expiresAt: string, expired: boolean, freight: VoucherFreight, frozenFor: string, giftUntil: string | null, pickupPoints: Array<{ id: string, name: string, regionName: string, detail: string, hours: string, phone: string }>, events: Array<{ text: string, amount: number, balance: number, orderId: string | null, createdAt: string }>, merchant: { id: string, name: string }, goods: Array<{ sku: { id: string, name: string, active: boolean, available: number, product: { id: string, title: string, cover: { url: string, alt: string, width: number, height: number } | null } } }> }
   };

export type SessionWholeFragment = { accessToken: string, refreshToken: string, expiresAt: string, member: { id: string, nickname: string, maskedPhone: string | null, avatar: { url: string, alt: string, width: number, height: number } | null } };

export type LoginMutationVariables = Exact<{
  code: string;
  device: string;
}>;


export type LoginMutation = { login:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresAt: string, member: { id: string, nickname: string, maskedPhone: string | null, avatar: { url: string, alt: string, width: number, height: number } | null } }
   };

export type RefreshSessionMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshSessionMutation = { refreshSession:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresAt: string, member: { id: string, nickname: string, maskedPhone: string | null, avatar: { url: string, alt: string, width: number, height: number } | null } }
   };

export type FeaturesQueryVariables = Exact<{ [key: string]: never; }>;


export type FeaturesQuery = { features: { community: boolean } };

export type MyMessageChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyMessageChoicesQuery = { myMessageChoices: Array<{ kind: MessageKind, templateId: string, left: number }> };

export type NoteArrivalMutationVariables = Exact<{
  scene: string;
}>;


export type NoteArrivalMutation = { noteArrival:
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string }
   };

export type AcceptInvitationMutationVariables = Exact<{
  scene: string;
  device: string;
}>;


export type AcceptInvitationMutation = { acceptInvitation:
    | { __typename: 'AcceptedInvitation', id: string, inviter: string, state: ReferralState, told: string }
    | { __typename: 'Done' }
    | { __typename: 'Refused', code: string, message: string }
   };

export const OneKindFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OneKind"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CheckoutPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goodsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"discountTotal"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"needsReturnWaiver"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OneKindFragment, unknown>;
export const FoundPageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FoundPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SearchHit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Merchant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"region"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"logo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Region"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"words"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Brand"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"productCount"}},{"kind":"Field","name":{"kind":"Name","value":"logo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}}]} as unknown as DocumentNode<FoundPageFragment, unknown>;
export const PostCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PostCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"merchantId"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"likeCount"}},{"kind":"Field","name":{"kind":"Name","value":"commentCount"}},{"kind":"Field","name":{"kind":"Name","value":"words"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"bought"}}]}}]}}]}}]} as unknown as DocumentNode<PostCardFragment, unknown>;
export const PriceRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PriceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceNode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"party"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<PriceRowFragment, unknown>;
export const ReviewCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Review"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"helpfulCount"}},{"kind":"Field","name":{"kind":"Name","value":"words"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"followUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]} as unknown as DocumentNode<ReviewCardFragment, unknown>;
export const ReviewSumsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewSums"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"goodRate"}},{"kind":"Field","name":{"kind":"Name","value":"ones"}},{"kind":"Field","name":{"kind":"Name","value":"twos"}},{"kind":"Field","name":{"kind":"Name","value":"threes"}},{"kind":"Field","name":{"kind":"Name","value":"fours"}},{"kind":"Field","name":{"kind":"Name","value":"fives"}},{"kind":"Field","name":{"kind":"Name","value":"freshness"}},{"kind":"Field","name":{"kind":"Name","value":"accuracy"}},{"kind":"Field","name":{"kind":"Name","value":"logistics"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"withPictures"}},{"kind":"Field","name":{"kind":"Name","value":"withFollowUp"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"withdrawn"}}]}}]} as unknown as DocumentNode<ReviewSumsFragment, unknown>;
export const SkuChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SkuChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Sku"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"marketPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketNote"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"limitEach"}},{"kind":"Field","name":{"kind":"Name","value":"limitDays"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"position"}}]}}]} as unknown as DocumentNode<SkuChoiceFragment, unknown>;
export const CartWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineCount"}},{"kind":"Field","name":{"kind":"Name","value":"selectedCount"}},{"kind":"Field","name":{"kind":"Name","value":"goodsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"discountTotal"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"reductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"goodsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"discountTotal"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"reductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"freeFreightFrom"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skuId"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"selected"}},{"kind":"Field","name":{"kind":"Name","value":"priceSeen"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"notSent"}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"limitEach"}},{"kind":"Field","name":{"kind":"Name","value":"limitDays"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CartWholeFragment, unknown>;
export const CardPriceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardPrice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minPrice"}},{"kind":"Field","name":{"kind":"Name","value":"maxPrice"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"struckPrice"}},{"kind":"Field","name":{"kind":"Name","value":"varies"}}]}}]}}]} as unknown as DocumentNode<CardPriceFragment, unknown>;
export const ProductBriefFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProductBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"subtitle"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CardPrice"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"inStock"}},{"kind":"Field","name":{"kind":"Name","value":"inSeason"}},{"kind":"Field","name":{"kind":"Name","value":"storage"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"focusX"}},{"kind":"Field","name":{"kind":"Name","value":"focusY"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardPrice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minPrice"}},{"kind":"Field","name":{"kind":"Name","value":"maxPrice"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"struckPrice"}},{"kind":"Field","name":{"kind":"Name","value":"varies"}}]}}]}}]} as unknown as DocumentNode<ProductBriefFragment, unknown>;
export const FoundGoodsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FoundGoods"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProductSearch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"fullFeatured"}},{"kind":"Field","name":{"kind":"Name","value":"relaxed"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProductBrief"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"facets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"categories"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"origins"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"brands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"merchants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"places"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priceBands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"priceFrom"}},{"kind":"Field","name":{"kind":"Name","value":"priceTo"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attributeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"inStock"}},{"kind":"Field","name":{"kind":"Name","value":"inSeason"}},{"kind":"Field","name":{"kind":"Name","value":"priceMin"}},{"kind":"Field","name":{"kind":"Name","value":"priceMax"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardPrice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minPrice"}},{"kind":"Field","name":{"kind":"Name","value":"maxPrice"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"struckPrice"}},{"kind":"Field","name":{"kind":"Name","value":"varies"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProductBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"subtitle"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CardPrice"}},{"kind":"Field","name":{"kind":"Name","value":"soldCount"}},{"kind":"Field","name":{"kind":"Name","value":"inStock"}},{"kind":"Field","name":{"kind":"Name","value":"inSeason"}},{"kind":"Field","name":{"kind":"Name","value":"storage"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"focusX"}},{"kind":"Field","name":{"kind":"Name","value":"focusY"}}]}}]}}]} as unknown as DocumentNode<FoundGoodsFragment, unknown>;
export const CardRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GiftCard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"named"}},{"kind":"Field","name":{"kind":"Name","value":"face"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"giftUntil"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CardRowFragment, unknown>;
export const CardWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GiftCard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CardRow"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"frozenFor"}},{"kind":"Field","name":{"kind":"Name","value":"boundAt"}},{"kind":"Field","name":{"kind":"Name","value":"bought"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GiftCard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"named"}},{"kind":"Field","name":{"kind":"Name","value":"face"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"giftUntil"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CardWholeFragment, unknown>;
export const MyPostWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MyPostWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PostFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"likeCount"}},{"kind":"Field","name":{"kind":"Name","value":"commentCount"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenFor"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenNote"}},{"kind":"Field","name":{"kind":"Name","value":"written"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"appeals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]} as unknown as DocumentNode<MyPostWholeFragment, unknown>;
export const MyCouponFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MyCoupon"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Coupon"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"most"}},{"kind":"Field","name":{"kind":"Name","value":"allGoods"}},{"kind":"Field","name":{"kind":"Name","value":"exclusive"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}},{"kind":"Field","name":{"kind":"Name","value":"tradeId"}},{"kind":"Field","name":{"kind":"Name","value":"returned"}}]}}]} as unknown as DocumentNode<MyCouponFragment, unknown>;
export const DealProductFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DealProduct"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]} as unknown as DocumentNode<DealProductFragment, unknown>;
export const ReachFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reach"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CartReduction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"worth"}},{"kind":"Field","name":{"kind":"Name","value":"missing"}},{"kind":"Field","name":{"kind":"Name","value":"nextOff"}}]}}]} as unknown as DocumentNode<ReachFragment, unknown>;
export const CartReachFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartReach"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineCount"}},{"kind":"Field","name":{"kind":"Name","value":"reductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reach"}}]}},{"kind":"Field","name":{"kind":"Name","value":"groups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reach"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reach"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CartReduction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"worth"}},{"kind":"Field","name":{"kind":"Name","value":"missing"}},{"kind":"Field","name":{"kind":"Name","value":"nextOff"}}]}}]} as unknown as DocumentNode<CartReachFragment, unknown>;
export const GroupWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GroupWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Group"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"paid"}},{"kind":"Field","name":{"kind":"Name","value":"paying"}},{"kind":"Field","name":{"kind":"Name","value":"missing"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mergedIntoId"}},{"kind":"Field","name":{"kind":"Name","value":"leader"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mine"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"mayMerge"}},{"kind":"Field","name":{"kind":"Name","value":"movedFromId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"listPrice"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"perMember"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<GroupWholeFragment, unknown>;
export const ReferralCouponFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReferralCouponFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralCoupon"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"most"}},{"kind":"Field","name":{"kind":"Name","value":"validDays"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}}]}}]} as unknown as DocumentNode<ReferralCouponFieldsFragment, unknown>;
export const ReferralProgrammeFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReferralProgrammeFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralProgramme"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"bindDays"}},{"kind":"Field","name":{"kind":"Name","value":"orderDays"}},{"kind":"Field","name":{"kind":"Name","value":"leastKept"}},{"kind":"Field","name":{"kind":"Name","value":"perInviter"}},{"kind":"Field","name":{"kind":"Name","value":"perMonth"}},{"kind":"Field","name":{"kind":"Name","value":"left"}},{"kind":"Field","name":{"kind":"Name","value":"inviterCoupon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReferralCouponFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inviteeCoupon"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReferralCouponFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReferralCouponFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralCoupon"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"off"}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"most"}},{"kind":"Field","name":{"kind":"Name","value":"validDays"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}}]}}]} as unknown as DocumentNode<ReferralProgrammeFieldsFragment, unknown>;
export const AddressWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AddressWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionCode"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}}]} as unknown as DocumentNode<AddressWholeFragment, unknown>;
export const ReviewLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderLine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<ReviewLineFragment, unknown>;
export const MyReviewWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MyReviewWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"line"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReviewLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"anonymous"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"helpfulCount"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenFor"}},{"kind":"Field","name":{"kind":"Name","value":"hiddenNote"}},{"kind":"Field","name":{"kind":"Name","value":"canFollowUp"}},{"kind":"Field","name":{"kind":"Name","value":"written"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"appeals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderLine"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]} as unknown as DocumentNode<MyReviewWholeFragment, unknown>;
export const AfterSaleBriefFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AfterSaleBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"line"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]} as unknown as DocumentNode<AfterSaleBriefFragment, unknown>;
export const AfterSaleWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AfterSaleWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AfterSaleBrief"}},{"kind":"Field","name":{"kind":"Name","value":"refusedFor"}},{"kind":"Field","name":{"kind":"Name","value":"piecesDamaged"}},{"kind":"Field","name":{"kind":"Name","value":"piecesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"beforeShipping"}},{"kind":"Field","name":{"kind":"Name","value":"returnCarrier"}},{"kind":"Field","name":{"kind":"Name","value":"returnNumber"}},{"kind":"Field","name":{"kind":"Name","value":"replacementCarrier"}},{"kind":"Field","name":{"kind":"Name","value":"replacementNumber"}},{"kind":"Field","name":{"kind":"Name","value":"returnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"acts"}},{"kind":"Field","name":{"kind":"Name","value":"returnTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"pictures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AfterSaleBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AfterSale"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"line"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]} as unknown as DocumentNode<AfterSaleWholeFragment, unknown>;
export const LotBriefFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}},{"kind":"Field","name":{"kind":"Name","value":"plot"}},{"kind":"Field","name":{"kind":"Name","value":"grade"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedOn"}},{"kind":"Field","name":{"kind":"Name","value":"bestBefore"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}}]} as unknown as DocumentNode<LotBriefFragment, unknown>;
export const LotWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LotBrief"}},{"kind":"Field","name":{"kind":"Name","value":"producer"}},{"kind":"Field","name":{"kind":"Name","value":"storage"}},{"kind":"Field","name":{"kind":"Name","value":"latitude"}},{"kind":"Field","name":{"kind":"Name","value":"longitude"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedGrams"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CardPrice"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"place"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"photos"}},{"kind":"Field","name":{"kind":"Name","value":"documents"}},{"kind":"Field","name":{"kind":"Name","value":"corrects"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"facts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fact"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"anchored"}},{"kind":"Field","name":{"kind":"Name","value":"faults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fault"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"sentence"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LotBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"productName"}},{"kind":"Field","name":{"kind":"Name","value":"plot"}},{"kind":"Field","name":{"kind":"Name","value":"grade"}},{"kind":"Field","name":{"kind":"Name","value":"harvestedOn"}},{"kind":"Field","name":{"kind":"Name","value":"bestBefore"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CardPrice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Product"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minPrice"}},{"kind":"Field","name":{"kind":"Name","value":"maxPrice"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"pricePer500g"}},{"kind":"Field","name":{"kind":"Name","value":"struckPrice"}},{"kind":"Field","name":{"kind":"Name","value":"varies"}}]}}]}}]} as unknown as DocumentNode<LotWholeFragment, unknown>;
export const CashierTradeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CashierTrade"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Trade"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"due"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"orders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"presale"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"deposit"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<CashierTradeFragment, unknown>;
export const InvoiceShownFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InvoiceShown"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderInvoice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"taxNumber"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"due"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"link"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"issuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedBecause"}},{"kind":"Field","name":{"kind":"Name","value":"refusedNote"}}]}}]} as unknown as DocumentNode<InvoiceShownFragment, unknown>;
export const OrderPresaleFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderPresale"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PresaleBooking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deposit"}},{"kind":"Field","name":{"kind":"Name","value":"depositKind"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"agreedAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"balancePaidAt"}},{"kind":"Field","name":{"kind":"Name","value":"allotted"}},{"kind":"Field","name":{"kind":"Name","value":"compensation"}},{"kind":"Field","name":{"kind":"Name","value":"compensationPaidAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}},{"kind":"Field","name":{"kind":"Name","value":"offer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"schedule"}},{"kind":"Field","name":{"kind":"Name","value":"balanceFrom"}},{"kind":"Field","name":{"kind":"Name","value":"balanceUntil"}}]}}]}}]} as unknown as DocumentNode<OrderPresaleFragment, unknown>;
export const PickupPlaceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupPlace"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PickupPoint"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"hours"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]} as unknown as DocumentNode<PickupPlaceFragment, unknown>;
export const ParcelFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParcelFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Shipment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"shippedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"latestText"}},{"kind":"Field","name":{"kind":"Name","value":"latestAt"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}}]}}]}}]} as unknown as DocumentNode<ParcelFieldsFragment, unknown>;
export const OrderWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"tradeId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"closeReason"}},{"kind":"Field","name":{"kind":"Name","value":"goodsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"discountTotal"}},{"kind":"Field","name":{"kind":"Name","value":"pointsTotal"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"remark"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"shippedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"autoConfirmAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"presale"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderPresale"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cardTotal"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PickupPlace"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pickup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"pickedUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"codePicture"}}]}},{"kind":"Field","name":{"kind":"Name","value":"voucher"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"returned"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"skuId"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"returnClass"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ParcelFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"invoices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderPresale"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PresaleBooking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"deposit"}},{"kind":"Field","name":{"kind":"Name","value":"depositKind"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"agreedAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"balancePaidAt"}},{"kind":"Field","name":{"kind":"Name","value":"allotted"}},{"kind":"Field","name":{"kind":"Name","value":"compensation"}},{"kind":"Field","name":{"kind":"Name","value":"compensationPaidAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}},{"kind":"Field","name":{"kind":"Name","value":"offer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"schedule"}},{"kind":"Field","name":{"kind":"Name","value":"balanceFrom"}},{"kind":"Field","name":{"kind":"Name","value":"balanceUntil"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupPlace"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PickupPoint"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"hours"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParcelFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Shipment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"trackingNumber"}},{"kind":"Field","name":{"kind":"Name","value":"shippedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"latestText"}},{"kind":"Field","name":{"kind":"Name","value":"latestAt"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}}]}}]}}]} as unknown as DocumentNode<OrderWholeFragment, unknown>;
export const OrderBriefFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderBrief"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"tradeId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"closeReason"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"skuName"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"image"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]} as unknown as DocumentNode<OrderBriefFragment, unknown>;
export const VoucherHeadFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VoucherHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Voucher"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"frozenFor"}},{"kind":"Field","name":{"kind":"Name","value":"giftUntil"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<VoucherHeadFragment, unknown>;
export const VoucherWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VoucherWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Voucher"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"VoucherHead"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"refundable"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"rules"}},{"kind":"Field","name":{"kind":"Name","value":"pickupPoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PickupPlace"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"VoucherHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Voucher"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"last4"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"balance"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"freight"}},{"kind":"Field","name":{"kind":"Name","value":"frozenFor"}},{"kind":"Field","name":{"kind":"Name","value":"giftUntil"}},{"kind":"Field","name":{"kind":"Name","value":"merchant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"goods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"cover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PickupPlace"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PickupPoint"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"regionName"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"hours"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]} as unknown as DocumentNode<VoucherWholeFragment, unknown>;
export const SessionWholeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionWhole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"maskedPhone"}},{"kind":"Field","name":{"kind":"Name","value":"avatar"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]} as unknown as DocumentNode<SessionWholeFragment, unknown>;
export const DistrictsDocument = {"__meta__":{"id":"4f1337e1eff5f75a92bfb0fb63fd3e33352827ddc984df2cc8ead3899cba7ff8","name":"Districts","kind":"query"}} as unknown as DocumentNode<DistrictsQuery, DistrictsQueryVariables>;
export const MyDistrictDocument = {"__meta__":{"id":"015a28b4f3d4c4a6b64a2d02687672f1eb96d3304a0256eae842c1a3ac80bf34","name":"MyDistrict","kind":"query"}} as unknown as DocumentNode<MyDistrictQuery, MyDistrictQueryVariables>;
export const FlashSlotsDocument = {"__meta__":{"id":"f09e3a13d60bfe9bd2bacec69b95a0b2a7cf434a66359ab5879753b4cb790124","name":"FlashSlots","kind":"query"}} as unknown as DocumentNode<FlashSlotsQuery, FlashSlotsQueryVariables>;
export const AddressChoicesDocument = {"__meta__":{"id":"43c41d596167d7af2ae249ee72ef6c4d985dc5a93f040642436f998afa1f09c0","name":"AddressChoices","kind":"query"}} as unknown as DocumentNode<AddressChoicesQuery, AddressChoicesQueryVariables>;
export const ChangeOrderAddressDocument = {"__meta__":{"id":"6da0d7d4845957136973d4fbf2092549be8bfdbbdacb15eef0729815a7f0862e","name":"ChangeOrderAddress","kind":"mutation"}} as unknown as DocumentNode<ChangeOrderAddressMutation, ChangeOrderAddressMutationVariables>;
export const OrderLotsDocument = {"__meta__":{"id":"ae32f534f4a9db83bc52115e7111c875eed88ee89daef2b3741557af2b7317df","name":"OrderLots","kind":"query"}} as unknown as DocumentNode<OrderLotsQuery, OrderLotsQueryVariables>;
export const ParcelTracesDocument = {"__meta__":{"id":"87c03e6ff56e5a3b47e6e1a681084d535b6ae026ad911e6aad54c214796a0593","name":"ParcelTraces","kind":"query"}} as unknown as DocumentNode<ParcelTracesQuery, ParcelTracesQueryVariables>;
export const CancelPickupDocument = {"__meta__":{"id":"a586dd74f4278a42a28e4215421c3bd44b626c2e499f771c3b70cf3b79f2830b","name":"CancelPickup","kind":"mutation"}} as unknown as DocumentNode<CancelPickupMutation, CancelPickupMutationVariables>;
export const CancelPresaleDocument = {"__meta__":{"id":"b75092b39720fbec3bf1450208e61da53b537dd0aae57b2015e63d897541bbf2","name":"CancelPresale","kind":"mutation"}} as unknown as DocumentNode<CancelPresaleMutation, CancelPresaleMutationVariables>;
export const ChangeOrderRemarkDocument = {"__meta__":{"id":"379432fe1ff265cc0e73db93bfcff145a2e355199221476060eda3a955ba02be","name":"ChangeOrderRemark","kind":"mutation"}} as unknown as DocumentNode<ChangeOrderRemarkMutation, ChangeOrderRemarkMutationVariables>;
export const ProductCouponsDocument = {"__meta__":{"id":"3f49205e8cb7f0b93a72ceeea7cb8ee2d2edf7cb02e6d65f53bb50572acffbc7","name":"ProductCoupons","kind":"query"}} as unknown as DocumentNode<ProductCouponsQuery, ProductCouponsQueryVariables>;
export const ProductFlashDocument = {"__meta__":{"id":"d1f65df6127f60dd168b054574e68d5e948d0b7a07d9047e49f019b6a4858cb8","name":"ProductFlash","kind":"query"}} as unknown as DocumentNode<ProductFlashQuery, ProductFlashQueryVariables>;
export const ProductGroupsDocument = {"__meta__":{"id":"ffac558d0bed45d5ea62a5f96bc40210ce2ce456c2bc4cf24889cd88f40b277c","name":"ProductGroups","kind":"query"}} as unknown as DocumentNode<ProductGroupsQuery, ProductGroupsQueryVariables>;
export const ProductLotsDocument = {"__meta__":{"id":"9c7a63ad3759d236904d6b0b4a3e1ce9b8f9912c7c0f4a25e22a5b9ec22e9c9d","name":"ProductLots","kind":"query"}} as unknown as DocumentNode<ProductLotsQuery, ProductLotsQueryVariables>;
export const ProductPostsDocument = {"__meta__":{"id":"ae59d91f532e11ec670d5baa09c9fe7ae874d0afefec53753bc80b84464d549d","name":"ProductPosts","kind":"query"}} as unknown as DocumentNode<ProductPostsQuery, ProductPostsQueryVariables>;
export const ProductPresalesDocument = {"__meta__":{"id":"284b54e2468a3523029e588fedb04bbd3701c2b4a26a09fda335c1ecedc51599","name":"ProductPresales","kind":"query"}} as unknown as DocumentNode<ProductPresalesQuery, ProductPresalesQueryVariables>;
export const ProductReviewsBlockDocument = {"__meta__":{"id":"d01c4f71dafb92513c1dd1a6a3f730ad21db4e8e55d215af59dc27feccb5e193","name":"ProductReviewsBlock","kind":"query"}} as unknown as DocumentNode<ProductReviewsBlockQuery, ProductReviewsBlockQueryVariables>;
export const RegionChildrenDocument = {"__meta__":{"id":"e3c777b16d563640223c21acd3b013735a6302961a0c756b3c08603f68770dd0","name":"RegionChildren","kind":"query"}} as unknown as DocumentNode<RegionChildrenQuery, RegionChildrenQueryVariables>;
export const RegionProvincesDocument = {"__meta__":{"id":"4f193f78da6f4836ad46ba3a14c1bad48ec552b842619e5c84e6cca6a78d9b65","name":"RegionProvinces","kind":"query"}} as unknown as DocumentNode<RegionProvincesQuery, RegionProvincesQueryVariables>;
export const RegionPathDocument = {"__meta__":{"id":"c35c4579fde48d39ca69245c2369a50b0cf572983d011a86638e9ea15502a6b6","name":"RegionPath","kind":"query"}} as unknown as DocumentNode<RegionPathQuery, RegionPathQueryVariables>;
export const SearchHelpDocument = {"__meta__":{"id":"36fdeb5fcb91aefb69bc5c0c548d84050524bcff5b1a616184f7f32b4de022bd","name":"SearchHelp","kind":"query"}} as unknown as DocumentNode<SearchHelpQuery, SearchHelpQueryVariables>;
export const PopularGoodsDocument = {"__meta__":{"id":"208e8e1a6dd7054af68d4e3e9a34d591f205cbbdff27a830697af9a9b8d54c14","name":"PopularGoods","kind":"query"}} as unknown as DocumentNode<PopularGoodsQuery, PopularGoodsQueryVariables>;
export const ShelfGoodsDocument = {"__meta__":{"id":"f23d54f9b862b9ad103314bf92af6a51c12a6a6c6a0325531fe12713648a5db4","name":"ShelfGoods","kind":"query"}} as unknown as DocumentNode<ShelfGoodsQuery, ShelfGoodsQueryVariables>;
export const RequestUploadDocument = {"__meta__":{"id":"7fc5a9aede579f4ad39f31d4d8c5b3956d5063329416dfc59df27ca141a293dd","name":"RequestUpload","kind":"mutation"}} as unknown as DocumentNode<RequestUploadMutation, RequestUploadMutationVariables>;
export const FinishUploadDocument = {"__meta__":{"id":"3b7c85837778643ebccbeb5b149765c00f12f9d1b356be1dd530b9fa66f1c3f0","name":"FinishUpload","kind":"mutation"}} as unknown as DocumentNode<FinishUploadMutation, FinishUploadMutationVariables>;
export const CartPageDocument = {"__meta__":{"id":"9ee2d6cf5695e3c538fdd329c78e5e041930ad69aa9361bed94fbf7e06fee444","name":"CartPage","kind":"query"}} as unknown as DocumentNode<CartPageQuery, CartPageQueryVariables>;
export const CartCountDocument = {"__meta__":{"id":"8ffe311d4c5fe349d7751a1964124047911e5bf7049ad806fd4dbcdb0618914e","name":"CartCount","kind":"query"}} as unknown as DocumentNode<CartCountQuery, CartCountQueryVariables>;
export const SetCartLineDocument = {"__meta__":{"id":"e68c5e102679a82162664fac8a0a54c025481adc5e49fa5f40a3b4ebb8679b38","name":"SetCartLine","kind":"mutation"}} as unknown as DocumentNode<SetCartLineMutation, SetCartLineMutationVariables>;
export const SelectCartLinesDocument = {"__meta__":{"id":"e9e697ba4a0fede1e36c85df0e632e532075da71fa7f3de83dd96e70923c0c57","name":"SelectCartLines","kind":"mutation"}} as unknown as DocumentNode<SelectCartLinesMutation, SelectCartLinesMutationVariables>;
export const RemoveCartLinesDocument = {"__meta__":{"id":"a9efa7b5e030caed62fcc28683cd21d74d2e36e746a21b77c3bdb1c36452af27","name":"RemoveCartLines","kind":"mutation"}} as unknown as DocumentNode<RemoveCartLinesMutation, RemoveCartLinesMutationVariables>;
export const RestoreCartLineDocument = {"__meta__":{"id":"fa4296b3c57a0038bfc89d6d67ef8f563719dd76d627e3de5d162861f79ee09c","name":"RestoreCartLine","kind":"mutation"}} as unknown as DocumentNode<RestoreCartLineMutation, RestoreCartLineMutationVariables>;
export const CategoryTreeDocument = {"__meta__":{"id":"673f0699a2dd0d4a6164063485aef6618993b1299a718d4b9fb824034db063d3","name":"CategoryTree","kind":"query"}} as unknown as DocumentNode<CategoryTreeQuery, CategoryTreeQueryVariables>;
export const CategoryPicksDocument = {"__meta__":{"id":"a9748933f658f1a70a10ff69902e847aac92e4580b8b37f36f13d30cccccfe43","name":"CategoryPicks","kind":"query"}} as unknown as DocumentNode<CategoryPicksQuery, CategoryPicksQueryVariables>;
export const HomeDocument = {"__meta__":{"id":"18efbfba3dd3b4e56dcc3ed90fc6b98143b12c062056285217b6112b5cb18df3","name":"Home","kind":"query"}} as unknown as DocumentNode<HomeQuery, HomeQueryVariables>;
export const NearbyDocument = {"__meta__":{"id":"0fb2fff55342f77c42094121d8ca45071e9841f23c949491f58e9f054dca0530","name":"Nearby","kind":"query"}} as unknown as DocumentNode<NearbyQuery, NearbyQueryVariables>;
export const MePageDocument = {"__meta__":{"id":"717274d7fa08b1d310eeed3745497d13cf6e15491648563f76fe8b81152ea0ad","name":"MePage","kind":"query"}} as unknown as DocumentNode<MePageQuery, MePageQueryVariables>;
export const BindPhoneDocument = {"__meta__":{"id":"a115b9beb8ab5e6ac25cba7e8a76d71735431e2aff0900b481509e590d4d4db2","name":"BindPhone","kind":"mutation"}} as unknown as DocumentNode<BindPhoneMutation, BindPhoneMutationVariables>;
export const LogoutDocument = {"__meta__":{"id":"42c567dd20d75ae16fbd6680e7cc11a68521227611f75fbcd6dcab5df0650822","name":"Logout","kind":"mutation"}} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const ProductPageDocument = {"__meta__":{"id":"8477751488a3752eff1973de7323c1492e0a140e8712e2dc639b8da2f6fc704a","name":"ProductPage","kind":"query"}} as unknown as DocumentNode<ProductPageQuery, ProductPageQueryVariables>;
export const ProductFreightDocument = {"__meta__":{"id":"fffb91b6352dc4f568a1b2bc27888e890ea3e3b7e8a62283e371bb8bf2dfdb91","name":"ProductFreight","kind":"query"}} as unknown as DocumentNode<ProductFreightQuery, ProductFreightQueryVariables>;
export const AddToCartDocument = {"__meta__":{"id":"2952b4b8cd8f674db60d9c580191b3947db7a3731580108ab7e679cdcb241dfa","name":"AddToCart","kind":"mutation"}} as unknown as DocumentNode<AddToCartMutation, AddToCartMutationVariables>;
export const SearchExperimentDocument = {"__meta__":{"id":"4ac81e2deddd6836b12fd0ada9abb69675e80ce7faa8c48aea5d8b86e8a76278","name":"SearchExperiment","kind":"query"}} as unknown as DocumentNode<SearchExperimentQuery, SearchExperimentQueryVariables>;
export const SearchResultsDocument = {"__meta__":{"id":"f5facf0d5063f21fcb90e83312fe0fdfcfff2a0808a5ab5d2182586c938c2211","name":"SearchResults","kind":"query"}} as unknown as DocumentNode<SearchResultsQuery, SearchResultsQueryVariables>;
export const NearbyResultsDocument = {"__meta__":{"id":"b2f942ac38c1ebf48f6e6347b22fb104d8e950bd3a0de70b3b01d8a5648ad3d6","name":"NearbyResults","kind":"query"}} as unknown as DocumentNode<NearbyResultsQuery, NearbyResultsQueryVariables>;
export const OriginTownsDocument = {"__meta__":{"id":"99cbc22ad7f4ae207b70bd868f90e5eab2fd208703feb89fded050ad8975eb35","name":"OriginTowns","kind":"query"}} as unknown as DocumentNode<OriginTownsQuery, OriginTownsQueryVariables>;
export const SearchPagesDocument = {"__meta__":{"id":"3e1719abbb0a6ccec8c3d4bfa244593656e499d1cce96a091966284ce561b62f","name":"SearchPages","kind":"query"}} as unknown as DocumentNode<SearchPagesQuery, SearchPagesQueryVariables>;
export const RecordSearchDocument = {"__meta__":{"id":"e025cb8315557f72dd683b876bd1cc5ec7e8a8deb0c1ed82710271ce626a66b5","name":"RecordSearch","kind":"mutation"}} as unknown as DocumentNode<RecordSearchMutation, RecordSearchMutationVariables>;
export const SearchStartDocument = {"__meta__":{"id":"6af33e54b4ae081da597f35457dd6aa30bc60a35d00d490b21f2efdf88306df0","name":"SearchStart","kind":"query"}} as unknown as DocumentNode<SearchStartQuery, SearchStartQueryVariables>;
export const SearchSuggestionsDocument = {"__meta__":{"id":"b5e4454ce0ede77915140a8e24a3120c221ee661368dacaf775b2c3220f62b4f","name":"SearchSuggestions","kind":"query"}} as unknown as DocumentNode<SearchSuggestionsQuery, SearchSuggestionsQueryVariables>;
export const MyCardsDocument = {"__meta__":{"id":"f71147b0894182c2756fd4a70993fd7066d929abbd510fb4a0b87f93dc1dbf26","name":"MyCards","kind":"query"}} as unknown as DocumentNode<MyCardsQuery, MyCardsQueryVariables>;
export const CardPageDocument = {"__meta__":{"id":"e7b13c332d247c808a75a417ba01aac57482fd13c57cd8b6acb94aa2fcc5c74f","name":"CardPage","kind":"query"}} as unknown as DocumentNode<CardPageQuery, CardPageQueryVariables>;
export const BindCardDocument = {"__meta__":{"id":"e5c9a7477052f6d983680ced10545e6f5002120f2c33b5c0438e48a03a8e0d11","name":"BindCard","kind":"mutation"}} as unknown as DocumentNode<BindCardMutation, BindCardMutationVariables>;
export const GiveCardDocument = {"__meta__":{"id":"4ec3c4b1a1a89aedb02ca5dfdcf96595bceb0decc29928967af44cf4a019d2c0","name":"GiveCard","kind":"mutation"}} as unknown as DocumentNode<GiveCardMutation, GiveCardMutationVariables>;
export const WithdrawCardDocument = {"__meta__":{"id":"22a7da3a9460be598dddaa7ebe9187552e42e1e0767545e7011c910884182809","name":"WithdrawCard","kind":"mutation"}} as unknown as DocumentNode<WithdrawCardMutation, WithdrawCardMutationVariables>;
export const ReportCardLostDocument = {"__meta__":{"id":"6f69dcc518afb8e10768d3b1bd158fc0e0bc0264225ff846f04687367a206e2e","name":"ReportCardLost","kind":"mutation"}} as unknown as DocumentNode<ReportCardLostMutation, ReportCardLostMutationVariables>;
export const RestoreCardDocument = {"__meta__":{"id":"b91cd0e59ea2dff28877a39d317692c2a42e4109464f14c6f338da296498a424","name":"RestoreCard","kind":"mutation"}} as unknown as DocumentNode<RestoreCardMutation, RestoreCardMutationVariables>;
export const ReissueCardDocument = {"__meta__":{"id":"df6a90d4303ad1dad8459819d50306c4f897c06374204457871a8e6d09c0d1f3","name":"ReissueCard","kind":"mutation"}} as unknown as DocumentNode<ReissueCardMutation, ReissueCardMutationVariables>;
export const ExtendCardDocument = {"__meta__":{"id":"01834a45c94252d803f6360ad331d2358c1464583ebee1b5ab1aa0941641f05f","name":"ExtendCard","kind":"mutation"}} as unknown as DocumentNode<ExtendCardMutation, ExtendCardMutationVariables>;
export const QuoteCardRefundDocument = {"__meta__":{"id":"05b1725cb1b8b21e1e4c625a5c3c8166c2b7108e72a0f4444fb0e11bfa003ef3","name":"QuoteCardRefund","kind":"mutation"}} as unknown as DocumentNode<QuoteCardRefundMutation, QuoteCardRefundMutationVariables>;
export const RefundCardDocument = {"__meta__":{"id":"e05afdc0c67072294e8ed405d485dba304f5b021c8124f4b92afd9173cbb1b0a","name":"RefundCard","kind":"mutation"}} as unknown as DocumentNode<RefundCardMutation, RefundCardMutationVariables>;
export const CardsForSaleDocument = {"__meta__":{"id":"502f26b44ebb50dad40f834979007a36d145707acaa7f7398cdb6e4aecccd6ee","name":"CardsForSale","kind":"query"}} as unknown as DocumentNode<CardsForSaleQuery, CardsForSaleQueryVariables>;
export const BuyCardsDocument = {"__meta__":{"id":"efc7e1ede2ecfa74250133f5bef2b4d0b660c3fbc3f1994fc18b2ce42c43df06","name":"BuyCards","kind":"mutation"}} as unknown as DocumentNode<BuyCardsMutation, BuyCardsMutationVariables>;
export const PayCardsDocument = {"__meta__":{"id":"bf0cb101029e17e97b200c8b022cbcb7608fce623918cc80059df107db5e6195","name":"PayCards","kind":"mutation"}} as unknown as DocumentNode<PayCardsMutation, PayCardsMutationVariables>;
export const ConfirmCardsDocument = {"__meta__":{"id":"78a4c20716e5273906db450796728f73bdec827898b1b574f73855775c8df65d","name":"ConfirmCards","kind":"mutation"}} as unknown as DocumentNode<ConfirmCardsMutation, ConfirmCardsMutationVariables>;
export const CardGiftPageDocument = {"__meta__":{"id":"4b3c3727b24eee4e1e53d97fbd4099bfe5f17f6fd93984087eda9da3a2a3e175","name":"CardGiftPage","kind":"query"}} as unknown as DocumentNode<CardGiftPageQuery, CardGiftPageQueryVariables>;
export const AcceptCardDocument = {"__meta__":{"id":"d26290302117d91cef70cabede11a93a9f039cf2ff8d29e5ccf7386d26e6e13e","name":"AcceptCard","kind":"mutation"}} as unknown as DocumentNode<AcceptCardMutation, AcceptCardMutationVariables>;
export const PostFeedDocument = {"__meta__":{"id":"d2b43cde6e08351c3b32e7c980ca463974506714f6acc0499a476b1709d269a8","name":"PostFeed","kind":"query"}} as unknown as DocumentNode<PostFeedQuery, PostFeedQueryVariables>;
export const PostPlacesDocument = {"__meta__":{"id":"cb6792ab4209672755ba1a4414e46475c4cb02164649e64d005cf8a1e4c0ad62","name":"PostPlaces","kind":"query"}} as unknown as DocumentNode<PostPlacesQuery, PostPlacesQueryVariables>;
export const PostPageDocument = {"__meta__":{"id":"08f30282e45c410ffcf9de06e3289d22f8b63f83487a13cfd38e695055632777","name":"PostPage","kind":"query"}} as unknown as DocumentNode<PostPageQuery, PostPageQueryVariables>;
export const PostCommentsDocument = {"__meta__":{"id":"edf6257c24e6cebcc2beed4c71bd4b92b6c30f692559c9f3b6f2381b907b3635","name":"PostComments","kind":"query"}} as unknown as DocumentNode<PostCommentsQuery, PostCommentsQueryVariables>;
export const MyPartInPostDocument = {"__meta__":{"id":"db98d899611b6bc7a6b32793fdf84d4d682eca846f178c91d2df1d798f8de5f0","name":"MyPartInPost","kind":"query"}} as unknown as DocumentNode<MyPartInPostQuery, MyPartInPostQueryVariables>;
export const LikePostDocument = {"__meta__":{"id":"34074e8b04ff4e0ecf84b066ca7c40068fabc8ab2db836687b82dbc380fa9df5","name":"LikePost","kind":"mutation"}} as unknown as DocumentNode<LikePostMutation, LikePostMutationVariables>;
export const CommentPostDocument = {"__meta__":{"id":"0913dc17b3513fceb804cf1068ab8e61d09ea00923bc061734c2f7888a943055","name":"CommentPost","kind":"mutation"}} as unknown as DocumentNode<CommentPostMutation, CommentPostMutationVariables>;
export const RemovePostCommentDocument = {"__meta__":{"id":"ceca45578b06dc30b9670b94e450494cd92bae94280958c000849edc0fb0e432","name":"RemovePostComment","kind":"mutation"}} as unknown as DocumentNode<RemovePostCommentMutation, RemovePostCommentMutationVariables>;
export const ReportPostDocument = {"__meta__":{"id":"5095e919b4fc96358fdc89c8a2eca21c2700ed2f5f50af89b6b33e5a9b114bcb","name":"ReportPost","kind":"mutation"}} as unknown as DocumentNode<ReportPostMutation, ReportPostMutationVariables>;
export const ReportPostCommentDocument = {"__meta__":{"id":"8c5d865eda967ec8c034c6c191bda358870c03f4c1d7e690c96ca3859ac98ade","name":"ReportPostComment","kind":"mutation"}} as unknown as DocumentNode<ReportPostCommentMutation, ReportPostCommentMutationVariables>;
export const MyPostsDocument = {"__meta__":{"id":"698ab410eeb7dfcf53e37cedfc404144a36600859031af51da5f81f788202292","name":"MyPosts","kind":"query"}} as unknown as DocumentNode<MyPostsQuery, MyPostsQueryVariables>;
export const MyPostDocument = {"__meta__":{"id":"45862589b8552b913b6d8029f15ef43f94a7d35b06a027207e7e67e9ecc711fd","name":"MyPost","kind":"query"}} as unknown as DocumentNode<MyPostQuery, MyPostQueryVariables>;
export const LinkableGoodsDocument = {"__meta__":{"id":"b71ed397b15379d151e83d9f437739942fb51d7b04b5886460b7e3d8324d4fbc","name":"LinkableGoods","kind":"query"}} as unknown as DocumentNode<LinkableGoodsQuery, LinkableGoodsQueryVariables>;
export const WritePostDocument = {"__meta__":{"id":"177ff25cadd9f4829b7af0ed7f3f8b84cc28cc94045012d55fdcc79f14b72769","name":"WritePost","kind":"mutation"}} as unknown as DocumentNode<WritePostMutation, WritePostMutationVariables>;
export const EditPostDocument = {"__meta__":{"id":"02228bca9be168f315f31f5b80eec2254afbe2cf21f9cf0dc9cf48c5a04aea90","name":"EditPost","kind":"mutation"}} as unknown as DocumentNode<EditPostMutation, EditPostMutationVariables>;
export const RemovePostDocument = {"__meta__":{"id":"7fa481aeef72ac529b3282994ce6d05dbdede5ec5be779bde4391148d0185090","name":"RemovePost","kind":"mutation"}} as unknown as DocumentNode<RemovePostMutation, RemovePostMutationVariables>;
export const AppealPostDocument = {"__meta__":{"id":"e177e904e6bfa4d30b8eeb43a2533100dafd3604fc2342bbd82d61d16032f9a9","name":"AppealPost","kind":"mutation"}} as unknown as DocumentNode<AppealPostMutation, AppealPostMutationVariables>;
export const LinkedGoodDocument = {"__meta__":{"id":"74c8b15bd937423ec6ad5c6741e6dbf2f6ab38b90797a933663f0c19bebc3905","name":"LinkedGood","kind":"query"}} as unknown as DocumentNode<LinkedGoodQuery, LinkedGoodQueryVariables>;
export const CouponsToClaimDocument = {"__meta__":{"id":"be2f226d7bb65a0074a3f857fb4da55b97af72f9fdbb9e02794b15636a3d5d39","name":"CouponsToClaim","kind":"query"}} as unknown as DocumentNode<CouponsToClaimQuery, CouponsToClaimQueryVariables>;
export const ClaimCouponDocument = {"__meta__":{"id":"cc41ba95ed094f9e9c882844094e78ae0b84f8367c13753b467bdc742af4617e","name":"ClaimCoupon","kind":"mutation"}} as unknown as DocumentNode<ClaimCouponMutation, ClaimCouponMutationVariables>;
export const ClaimCouponByCodeDocument = {"__meta__":{"id":"fcafeaa2fb0ca2594abe1b0e91c2892731e63924e3097f5e928b214ac7059b7c","name":"ClaimCouponByCode","kind":"mutation"}} as unknown as DocumentNode<ClaimCouponByCodeMutation, ClaimCouponByCodeMutationVariables>;
export const MyCouponsDocument = {"__meta__":{"id":"351ea12e13c5467051c7549648f1704894b7a40f4b3546355375950eb62b3459","name":"MyCoupons","kind":"query"}} as unknown as DocumentNode<MyCouponsQuery, MyCouponsQueryVariables>;
export const GroupOffersDocument = {"__meta__":{"id":"ca0ac716f75c4297b55bf4c8d3c3ad532f28fc9a0934a299bec1137b762a12d4","name":"GroupOffers","kind":"query"}} as unknown as DocumentNode<GroupOffersQuery, GroupOffersQueryVariables>;
export const PresaleOffersDocument = {"__meta__":{"id":"bf237ef29551ff3f0cee71a09839c9be7df962156f8e747118a35296ccdfcf69","name":"PresaleOffers","kind":"query"}} as unknown as DocumentNode<PresaleOffersQuery, PresaleOffersQueryVariables>;
export const ReachCampaignDocument = {"__meta__":{"id":"7b918e19e2fcc9a3cc784d37ad9fc03c4d4db9ff10d0325da1395061a4908efb","name":"ReachCampaign","kind":"query"}} as unknown as DocumentNode<ReachCampaignQuery, ReachCampaignQueryVariables>;
export const ReachGoodsDocument = {"__meta__":{"id":"bbb28b858b39aafbbe17661ca8767bae438aa7d1ab65b1c14ba3edfffbf7ab58","name":"ReachGoods","kind":"query"}} as unknown as DocumentNode<ReachGoodsQuery, ReachGoodsQueryVariables>;
export const ReachCartDocument = {"__meta__":{"id":"88408899b3b990ed9faaa5951cb15d712a9c2c421225b456faa23a7b464ae089","name":"ReachCart","kind":"query"}} as unknown as DocumentNode<ReachCartQuery, ReachCartQueryVariables>;
export const ReachSkusDocument = {"__meta__":{"id":"d756fbdf92bbf0818d9f8a908389ceaa540754964f0f729e9b64b6494d200620","name":"ReachSkus","kind":"query"}} as unknown as DocumentNode<ReachSkusQuery, ReachSkusQueryVariables>;
export const ReachAddDocument = {"__meta__":{"id":"aab3e07294b26d67e918e2069a9b33710b4503c9a14fd9f51650af2fde757f7e","name":"ReachAdd","kind":"mutation"}} as unknown as DocumentNode<ReachAddMutation, ReachAddMutationVariables>;
export const FlashCheckoutDocument = {"__meta__":{"id":"4ff4d5fcb35213744a97cdc9e0d5de1ec3b3715ca64e2ebb9ce9d9986eea2f4b","name":"FlashCheckout","kind":"query"}} as unknown as DocumentNode<FlashCheckoutQuery, FlashCheckoutQueryVariables>;
export const EnterFlashDocument = {"__meta__":{"id":"8981bc93633417c611ac59b4695bdd330b7b34e428522db96f2e9c6c868859ab","name":"EnterFlash","kind":"mutation"}} as unknown as DocumentNode<EnterFlashMutation, EnterFlashMutationVariables>;
export const PlaceFlashOrderDocument = {"__meta__":{"id":"c48ae8bda2bdfc9080c4987d87b33984b853d414aa1513dbbeb9d16a69645d65","name":"PlaceFlashOrder","kind":"mutation"}} as unknown as DocumentNode<PlaceFlashOrderMutation, PlaceFlashOrderMutationVariables>;
export const FlashSessionsDocument = {"__meta__":{"id":"ff5c7bb5ba9bdb58e02d0ea4e394b3b089834a709b02fe40a20818c72984b954","name":"FlashSessions","kind":"query"}} as unknown as DocumentNode<FlashSessionsQuery, FlashSessionsQueryVariables>;
export const GroupPageDocument = {"__meta__":{"id":"6ed3f8ce0306b3ae6015cc3c48e9eda9e4d46be1599baa15de63bd5a1b3e3eb8","name":"GroupPage","kind":"query"}} as unknown as DocumentNode<GroupPageQuery, GroupPageQueryVariables>;
export const GroupChangedDocument = {"__meta__":{"id":"80a61a1f8f70d4e1e25f750110905ee0666861c52e5e4d0fbe9661046a06fb96","name":"GroupChanged","kind":"subscription"}} as unknown as DocumentNode<GroupChangedSubscription, GroupChangedSubscriptionVariables>;
export const GroupCheckoutDocument = {"__meta__":{"id":"3acd0c7614cd294d576160436bfcbd013cb6e4c94a19f64a8ef9e944d70b979a","name":"GroupCheckout","kind":"query"}} as unknown as DocumentNode<GroupCheckoutQuery, GroupCheckoutQueryVariables>;
export const PlaceGroupOrderDocument = {"__meta__":{"id":"247d168053d9c09596d932ef74632eef7878f7da7508cde4b25e5719443c00a8","name":"PlaceGroupOrder","kind":"mutation"}} as unknown as DocumentNode<PlaceGroupOrderMutation, PlaceGroupOrderMutationVariables>;
export const MyGroupsDocument = {"__meta__":{"id":"0ce304f2f236dc5d95efa4c3ea4f4c6e4f174d8dfb0c39f0acf45bcf9e2dc018","name":"MyGroups","kind":"query"}} as unknown as DocumentNode<MyGroupsQuery, MyGroupsQueryVariables>;
export const InvitationPageDocument = {"__meta__":{"id":"f82a494905b49456af1538cd148d349dbe33b1f5296a1e5acb3ea00659d9cc23","name":"InvitationPage","kind":"query"}} as unknown as DocumentNode<InvitationPageQuery, InvitationPageQueryVariables>;
export const MyInvitationDocument = {"__meta__":{"id":"6e0d91093c62be7732513862c3835a10ec611666f9fdf4eb6043220952fc5be7","name":"MyInvitation","kind":"query"}} as unknown as DocumentNode<MyInvitationQuery, MyInvitationQueryVariables>;
export const InvitePageDocument = {"__meta__":{"id":"b7948accec5b02f0a4f610e21afe0eac79e4753ded2e7d53ec82e695457d8bc7","name":"InvitePage","kind":"query"}} as unknown as DocumentNode<InvitePageQuery, InvitePageQueryVariables>;
export const MoreInvitedDocument = {"__meta__":{"id":"20b31fdf7c882a4a68f6302ad96b60b5a46a14cf14396dc7b8110a338726ecb0","name":"MoreInvited","kind":"query"}} as unknown as DocumentNode<MoreInvitedQuery, MoreInvitedQueryVariables>;
export const MakeInviteCodeDocument = {"__meta__":{"id":"15f853f1a9d01bcae1a8c7c70952e1cc95e4564279101b6a9c0ca8afaf400f3d","name":"MakeInviteCode","kind":"mutation"}} as unknown as DocumentNode<MakeInviteCodeMutation, MakeInviteCodeMutationVariables>;
export const DrawInviteCodeDocument = {"__meta__":{"id":"ffc3a0b9fe11548cd5cf1b5aec1cc7193d3c27a88f6a77319390b015dd3f0d00","name":"DrawInviteCode","kind":"mutation"}} as unknown as DocumentNode<DrawInviteCodeMutation, DrawInviteCodeMutationVariables>;
export const MyAddressesDocument = {"__meta__":{"id":"d2e712e461137696b53a92498fe87f936161f04034cea40225dc4c4ab87302e3","name":"MyAddresses","kind":"query"}} as unknown as DocumentNode<MyAddressesQuery, MyAddressesQueryVariables>;
export const SaveAddressDocument = {"__meta__":{"id":"1ded7c896a21e74ea544e736cb21ca57f8195cc2628bd723f3cae3cb476541ca","name":"SaveAddress","kind":"mutation"}} as unknown as DocumentNode<SaveAddressMutation, SaveAddressMutationVariables>;
export const DeleteAddressDocument = {"__meta__":{"id":"fcdb5d109ec292d9349f615b592c789035b4734b6e02b7e04a650a5965efc134","name":"DeleteAddress","kind":"mutation"}} as unknown as DocumentNode<DeleteAddressMutation, DeleteAddressMutationVariables>;
export const MyDevicesDocument = {"__meta__":{"id":"13c5883ae5444b05aeee75515fe4eed388a8292c225433e18405af1ecc50d2a8","name":"MyDevices","kind":"query"}} as unknown as DocumentNode<MyDevicesQuery, MyDevicesQueryVariables>;
export const RevokeDeviceDocument = {"__meta__":{"id":"a705c356cc4fdd6a9f3e5a75002858d7bfda400b8c11dcf9d2f7744196d4d792","name":"RevokeDevice","kind":"mutation"}} as unknown as DocumentNode<RevokeDeviceMutation, RevokeDeviceMutationVariables>;
export const MyNoticesDocument = {"__meta__":{"id":"fe97acd05abaff74fb6186407a0a5080ea44018c498c898f94318f7a01a460ce","name":"MyNotices","kind":"query"}} as unknown as DocumentNode<MyNoticesQuery, MyNoticesQueryVariables>;
export const ReadNoticesDocument = {"__meta__":{"id":"e1fa43d87ef1c3c83eb55035a7a6f0f6dea8c25a4f7de510a6a07797ad8eee16","name":"ReadNotices","kind":"mutation"}} as unknown as DocumentNode<ReadNoticesMutation, ReadNoticesMutationVariables>;
export const ProfilePageDocument = {"__meta__":{"id":"4fad8a43fa555a955c950d83459a8f00839784b7e8219abe7956d3e6ad8693c6","name":"ProfilePage","kind":"query"}} as unknown as DocumentNode<ProfilePageQuery, ProfilePageQueryVariables>;
export const UpdateProfileDocument = {"__meta__":{"id":"c13849276be18a9c1d61fd82d3d36ebcbe178e204babf09dbdb3cd0275223149","name":"UpdateProfile","kind":"mutation"}} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const BrandPageDocument = {"__meta__":{"id":"669f96af6554fae354cd10c86281a30f8e7de10f42aca124270b580e75c58a45","name":"BrandPage","kind":"query"}} as unknown as DocumentNode<BrandPageQuery, BrandPageQueryVariables>;
export const MerchantPageDocument = {"__meta__":{"id":"b99023e3b246a458ac6b00461ad4c6b5f5e3e740ef1dc18f9979da79f5d47793","name":"MerchantPage","kind":"query"}} as unknown as DocumentNode<MerchantPageQuery, MerchantPageQueryVariables>;
export const OriginPageDocument = {"__meta__":{"id":"dcae60bf8cbaa6b384c8551c946c60a66cd3d3191d1d01cdc1d8c04a8532807e","name":"OriginPage","kind":"query"}} as unknown as DocumentNode<OriginPageQuery, OriginPageQueryVariables>;
export const PointsPageDocument = {"__meta__":{"id":"0004a86b61c192ff3ccc520bffe4128c321e7a5f3935be5e5a0e2b7c63f562ce","name":"PointsPage","kind":"query"}} as unknown as DocumentNode<PointsPageQuery, PointsPageQueryVariables>;
export const PointsEntriesDocument = {"__meta__":{"id":"4765790576ed1dfdf046d45a6059acbac38f3a81a43325815cf72987bf100096","name":"PointsEntries","kind":"query"}} as unknown as DocumentNode<PointsEntriesQuery, PointsEntriesQueryVariables>;
export const PresaleCheckoutDocument = {"__meta__":{"id":"d960bb74290a7d7bf473e1f97055ecbd3f8e00237d8c533f69978e0e3e360c67","name":"PresaleCheckout","kind":"query"}} as unknown as DocumentNode<PresaleCheckoutQuery, PresaleCheckoutQueryVariables>;
export const PlacePresaleOrderDocument = {"__meta__":{"id":"4b2ca783047d16fd19abb4fa432f92d6c1cdaeb54a0b4b2885d7ccdf329d6e14","name":"PlacePresaleOrder","kind":"mutation"}} as unknown as DocumentNode<PlacePresaleOrderMutation, PlacePresaleOrderMutationVariables>;
export const ProductReviewsDocument = {"__meta__":{"id":"5eea6ba05672732d32aa73225e22db47910ced12c00edadfc1898716eee68286","name":"ProductReviews","kind":"query"}} as unknown as DocumentNode<ProductReviewsQuery, ProductReviewsQueryVariables>;
export const ProductReviewSumsDocument = {"__meta__":{"id":"53b55b60e6a7ce1accb2b117975528f9d438fc41897dc6403d0c8d7d9aa84a0f","name":"ProductReviewSums","kind":"query"}} as unknown as DocumentNode<ProductReviewSumsQuery, ProductReviewSumsQueryVariables>;
export const MyHelpfulReviewsDocument = {"__meta__":{"id":"30c898615fa44b1622d4cddc3c29aeaa19b0ba18f5aabf195bb788c736dbda59","name":"MyHelpfulReviews","kind":"query"}} as unknown as DocumentNode<MyHelpfulReviewsQuery, MyHelpfulReviewsQueryVariables>;
export const VoteReviewDocument = {"__meta__":{"id":"edabf325270d3f109261dbe81367d86e1a3755ec3ffc1ade54edd4de83185ab9","name":"VoteReview","kind":"mutation"}} as unknown as DocumentNode<VoteReviewMutation, VoteReviewMutationVariables>;
export const ReportReviewDocument = {"__meta__":{"id":"7809b7ce550f19ac584391c9b9d57b7f63f9880d2318588d81d640f461a2f25d","name":"ReportReview","kind":"mutation"}} as unknown as DocumentNode<ReportReviewMutation, ReportReviewMutationVariables>;
export const MyReviewablesDocument = {"__meta__":{"id":"761ec436a37f8c8f96681a771c9b1535cbfa399e3b772c5cddec160187c3065b","name":"MyReviewables","kind":"query"}} as unknown as DocumentNode<MyReviewablesQuery, MyReviewablesQueryVariables>;
export const OrderReviewablesDocument = {"__meta__":{"id":"a9983386cf34a90ea0ed7bf0cb3d1f2d1eb9b07017f6d25a8845aa435cd90182","name":"OrderReviewables","kind":"query"}} as unknown as DocumentNode<OrderReviewablesQuery, OrderReviewablesQueryVariables>;
export const MyReviewsDocument = {"__meta__":{"id":"8932bd6ec9c1ef7ebf88f272f660e581152e7537c6b74027a907fbcee3cac1ed","name":"MyReviews","kind":"query"}} as unknown as DocumentNode<MyReviewsQuery, MyReviewsQueryVariables>;
export const MyReviewDocument = {"__meta__":{"id":"35b5a66a0159d88a184d631318f7d1ef0d00957410e80b7b086e92e3622917a1","name":"MyReview","kind":"query"}} as unknown as DocumentNode<MyReviewQuery, MyReviewQueryVariables>;
export const WriteReviewDocument = {"__meta__":{"id":"b4857bb20d9dc03d8ba7e131beefe07e2e461c46eecd93e8eb984120b758ee10","name":"WriteReview","kind":"mutation"}} as unknown as DocumentNode<WriteReviewMutation, WriteReviewMutationVariables>;
export const RewriteReviewDocument = {"__meta__":{"id":"215f7e04ca17cb15db674ced0ee8d7897e801d5244bad3796f8419b077952677","name":"RewriteReview","kind":"mutation"}} as unknown as DocumentNode<RewriteReviewMutation, RewriteReviewMutationVariables>;
export const FollowUpReviewDocument = {"__meta__":{"id":"c30390c188c1247ced6778bf7340a1e4ee45f2def5d4f2c68173bf2918da5ba7","name":"FollowUpReview","kind":"mutation"}} as unknown as DocumentNode<FollowUpReviewMutation, FollowUpReviewMutationVariables>;
export const WithdrawReviewDocument = {"__meta__":{"id":"ad207e458510735b3875548b0f3a1ec4e6e715391c00ba8547331dfaf6b0be4a","name":"WithdrawReview","kind":"mutation"}} as unknown as DocumentNode<WithdrawReviewMutation, WithdrawReviewMutationVariables>;
export const AppealReviewDocument = {"__meta__":{"id":"0e9500e406dcf0a0a4cdd1a53e86cd325be154a071373065b3544120b8dbf720","name":"AppealReview","kind":"mutation"}} as unknown as DocumentNode<AppealReviewMutation, AppealReviewMutationVariables>;
export const MyAfterSalesDocument = {"__meta__":{"id":"10dc665758b387d91f070d74d439b744b9f7fdf0370dacf451876f4ac477e3c4","name":"MyAfterSales","kind":"query"}} as unknown as DocumentNode<MyAfterSalesQuery, MyAfterSalesQueryVariables>;
export const AfterSalePageDocument = {"__meta__":{"id":"fd7e2a880f1220d4ab22a726edcecaa31b02cb7768e0430681819abc4aa141ed","name":"AfterSalePage","kind":"query"}} as unknown as DocumentNode<AfterSalePageQuery, AfterSalePageQueryVariables>;
export const OrderAfterSalesDocument = {"__meta__":{"id":"465e72c61f014d417edb3e87f88fb01988e15da3caa1dab39368208c27885a90","name":"OrderAfterSales","kind":"query"}} as unknown as DocumentNode<OrderAfterSalesQuery, OrderAfterSalesQueryVariables>;
export const AfterSaleOptionsDocument = {"__meta__":{"id":"caff73e13c4c18f2119a1d1048caf136817b0f4e4a0c48128aa27d34d90bef80","name":"AfterSaleOptions","kind":"query"}} as unknown as DocumentNode<AfterSaleOptionsQuery, AfterSaleOptionsQueryVariables>;
export const AfterSaleQuoteDocument = {"__meta__":{"id":"56069473b4dad1ef06495fd04b5c41883be56b8de7d9e9b4417e725b7e45ff45","name":"AfterSaleQuote","kind":"query"}} as unknown as DocumentNode<AfterSaleQuoteQuery, AfterSaleQuoteQueryVariables>;
export const AfterSaleChangedDocument = {"__meta__":{"id":"bba1cb97f8a1d5375d717787aa1b3fe8758450c5512772026c4ba705a04d8f0a","name":"AfterSaleChanged","kind":"subscription"}} as unknown as DocumentNode<AfterSaleChangedSubscription, AfterSaleChangedSubscriptionVariables>;
export const ApplyAfterSaleDocument = {"__meta__":{"id":"87fff29f5939367d4f648b5318c820ecffb0bba3b70f7a5c26869a8e90570e93","name":"ApplyAfterSale","kind":"mutation"}} as unknown as DocumentNode<ApplyAfterSaleMutation, ApplyAfterSaleMutationVariables>;
export const CancelAfterSaleDocument = {"__meta__":{"id":"cf7630f72bf8ae994a22b1235822b987340929507fa477a140d9c819ace798b9","name":"CancelAfterSale","kind":"mutation"}} as unknown as DocumentNode<CancelAfterSaleMutation, CancelAfterSaleMutationVariables>;
export const EscalateAfterSaleDocument = {"__meta__":{"id":"f86347177c97730ae753ea2e17ae4de048b47bf12941cb1eb52c68f093c17d49","name":"EscalateAfterSale","kind":"mutation"}} as unknown as DocumentNode<EscalateAfterSaleMutation, EscalateAfterSaleMutationVariables>;
export const SendAfterSaleReturnDocument = {"__meta__":{"id":"035b45a97f9ed9457b03d4a933c5a4226ec2fcbe1e6cc393b4d2eb038cc26424","name":"SendAfterSaleReturn","kind":"mutation"}} as unknown as DocumentNode<SendAfterSaleReturnMutation, SendAfterSaleReturnMutationVariables>;
export const ConfirmReplacementDocument = {"__meta__":{"id":"57fc270eae3e32a112a9c3680a2e242882bd46f334be680062ba06aea1d550ce","name":"ConfirmReplacement","kind":"mutation"}} as unknown as DocumentNode<ConfirmReplacementMutation, ConfirmReplacementMutationVariables>;
export const SpeakOnAfterSaleDocument = {"__meta__":{"id":"c876ae335b945987d2a78032d1276945f26a0ae552b958151c7dc0b38ded772d","name":"SpeakOnAfterSale","kind":"mutation"}} as unknown as DocumentNode<SpeakOnAfterSaleMutation, SpeakOnAfterSaleMutationVariables>;
export const LotPageDocument = {"__meta__":{"id":"8403d51aa2000a206cf2b468be4067aadc03e4c5da1211ab54eaadc03b591f3c","name":"LotPage","kind":"query"}} as unknown as DocumentNode<LotPageQuery, LotPageQueryVariables>;
export const PiecePageDocument = {"__meta__":{"id":"1d72cd122f8f8d54baacf9c482b9ebd4110b461dce7f96afdcdb4bec5ebc0206","name":"PiecePage","kind":"query"}} as unknown as DocumentNode<PiecePageQuery, PiecePageQueryVariables>;
export const ScanPieceDocument = {"__meta__":{"id":"fe1265277230bd759c57ff8fad3dba574f3adb360cf39505129b151eeeefe985","name":"ScanPiece","kind":"mutation"}} as unknown as DocumentNode<ScanPieceMutation, ScanPieceMutationVariables>;
export const CashierPageDocument = {"__meta__":{"id":"deacbf5c365fe2cf6f5719e0af27c6b2a94e0409233eda52047254c877a45e35","name":"CashierPage","kind":"query"}} as unknown as DocumentNode<CashierPageQuery, CashierPageQueryVariables>;
export const PayTradeDocument = {"__meta__":{"id":"5db13cde47ad9c3c7eaa5983e5bee3cee12d3fd79b1b58e2755cf901b1ca16de","name":"PayTrade","kind":"mutation"}} as unknown as DocumentNode<PayTradeMutation, PayTradeMutationVariables>;
export const ConfirmPaymentDocument = {"__meta__":{"id":"a78921606f158b4c4cc8857fdf2464da5e23b81c4d82457c60c8677f320dcf3b","name":"ConfirmPayment","kind":"mutation"}} as unknown as DocumentNode<ConfirmPaymentMutation, ConfirmPaymentMutationVariables>;
export const CancelTradeDocument = {"__meta__":{"id":"9a0f8549fca8fc9cf43de2808b390855c64373969c9eb8b7cff29aa683a8e362","name":"CancelTrade","kind":"mutation"}} as unknown as DocumentNode<CancelTradeMutation, CancelTradeMutationVariables>;
export const PayTradeByCardsDocument = {"__meta__":{"id":"8d8a252e7a88629132b64b56271f64fd37953ba7f1479bcc9ddaa7349f86e922","name":"PayTradeByCards","kind":"mutation"}} as unknown as DocumentNode<PayTradeByCardsMutation, PayTradeByCardsMutationVariables>;
export const CheckoutPreviewDocument = {"__meta__":{"id":"b55c4be453fe6f1244e1adef5879ff9a3b0a0932ca4ad7213244316665822e05","name":"CheckoutPreview","kind":"query"}} as unknown as DocumentNode<CheckoutPreviewQuery, CheckoutPreviewQueryVariables>;
export const PlaceOrderDocument = {"__meta__":{"id":"03780581e226c012908872e4a4d13e42bb092ee47f0846fb1b5c78b1877f57d4","name":"PlaceOrder","kind":"mutation"}} as unknown as DocumentNode<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const InvoicePageDocument = {"__meta__":{"id":"49df3289499e8bae33fb36a62d9749504631cbd46c00e0e4a7e90ff6a81eead5","name":"InvoicePage","kind":"query"}} as unknown as DocumentNode<InvoicePageQuery, InvoicePageQueryVariables>;
export const RequestInvoiceDocument = {"__meta__":{"id":"6cbf7017838a471f408d3945e410c597387c4ba48c2258140694ffebe9e2669f","name":"RequestInvoice","kind":"mutation"}} as unknown as DocumentNode<RequestInvoiceMutation, RequestInvoiceMutationVariables>;
export const CancelInvoiceDocument = {"__meta__":{"id":"110cadbe5a8f1b822b7856358a8a20c4c7b1c2fc0e5737c2201eef7d892d0b73","name":"CancelInvoice","kind":"mutation"}} as unknown as DocumentNode<CancelInvoiceMutation, CancelInvoiceMutationVariables>;
export const InvoiceOrderChangedDocument = {"__meta__":{"id":"877590d78a1813a51cfe39e1e0d8884a897f8aac9ec01199598de1dfbd4fe263","name":"InvoiceOrderChanged","kind":"subscription"}} as unknown as DocumentNode<InvoiceOrderChangedSubscription, InvoiceOrderChangedSubscriptionVariables>;
export const OrderPageDocument = {"__meta__":{"id":"c6463e6d532dfc1d4e075c1f29d654ba6cbeef4b0025f8deda970302596bcc58","name":"OrderPage","kind":"query"}} as unknown as DocumentNode<OrderPageQuery, OrderPageQueryVariables>;
export const OrderPriceDocument = {"__meta__":{"id":"d8032131bc92be3df8c1cab1fd9b9fb44172b10b9f83e93ecb7a751fbed79e5c","name":"OrderPrice","kind":"query"}} as unknown as DocumentNode<OrderPriceQuery, OrderPriceQueryVariables>;
export const OrderChangedDocument = {"__meta__":{"id":"99ede4252f439a8d1936b43e0232cdfd6444af3343bd8679642a3a4352a88d62","name":"OrderChanged","kind":"subscription"}} as unknown as DocumentNode<OrderChangedSubscription, OrderChangedSubscriptionVariables>;
export const ConfirmReceiptDocument = {"__meta__":{"id":"7488d6227b14def5c800336debc302a19b7e16af851fc777c4fd51b9a097eaf5","name":"ConfirmReceipt","kind":"mutation"}} as unknown as DocumentNode<ConfirmReceiptMutation, ConfirmReceiptMutationVariables>;
export const CancelOrderTradeDocument = {"__meta__":{"id":"4fc22749256daa47679f7aeb584b809d88b034ab12c30a03982ca4e03fd690ee","name":"CancelOrderTrade","kind":"mutation"}} as unknown as DocumentNode<CancelOrderTradeMutation, CancelOrderTradeMutationVariables>;
export const ReorderDocument = {"__meta__":{"id":"1d2e786aefd420891431e0168c9fe8ba1ca5745eee2825aa76d8689cc9bfe62d","name":"Reorder","kind":"mutation"}} as unknown as DocumentNode<ReorderMutation, ReorderMutationVariables>;
export const MyOrdersDocument = {"__meta__":{"id":"492850b5c2aa4de2ff0601445e3f8918fa976aaf06deb3912c482b2534fb3766","name":"MyOrders","kind":"query"}} as unknown as DocumentNode<MyOrdersQuery, MyOrdersQueryVariables>;
export const MyOrderCountsDocument = {"__meta__":{"id":"1caf8a3d6beaaaa6ccf8e86c0e32cccab31b2321d891dd975a531d9654080731","name":"MyOrderCounts","kind":"query"}} as unknown as DocumentNode<MyOrderCountsQuery, MyOrderCountsQueryVariables>;
export const OrderSnapshotsDocument = {"__meta__":{"id":"c54cba1ba4c339d637b7886e84c3f0151581b8c5512df262d0e4aacadca63c9d","name":"OrderSnapshots","kind":"query"}} as unknown as DocumentNode<OrderSnapshotsQuery, OrderSnapshotsQueryVariables>;
export const MyVouchersDocument = {"__meta__":{"id":"7f591e38c4972484b116e8a372ef9a5cec52f71e8e1c58705e4b978e6e993311","name":"MyVouchers","kind":"query"}} as unknown as DocumentNode<MyVouchersQuery, MyVouchersQueryVariables>;
export const VoucherPageDocument = {"__meta__":{"id":"599837acbbc25d7fdfb515c1e27a5457abd28b277915d5f29ad180865b1344bf","name":"VoucherPage","kind":"query"}} as unknown as DocumentNode<VoucherPageQuery, VoucherPageQueryVariables>;
export const VoucherGiftPageDocument = {"__meta__":{"id":"1330bbaa684866d6115fd6ce775932210eb7ef22daf966fc750152f265422fd4","name":"VoucherGiftPage","kind":"query"}} as unknown as DocumentNode<VoucherGiftPageQuery, VoucherGiftPageQueryVariables>;
export const RedemptionPageDocument = {"__meta__":{"id":"64ad68b04b1a57a64d3840cf7d28d0e9410a880d47cbfc125271e9265aa27055","name":"RedemptionPage","kind":"query"}} as unknown as DocumentNode<RedemptionPageQuery, RedemptionPageQueryVariables>;
export const RedeemVoucherDocument = {"__meta__":{"id":"6309cbc99134fdbd63c7a3edc5480b3629d19ec19dc9eaa1a43113202336eecd","name":"RedeemVoucher","kind":"mutation"}} as unknown as DocumentNode<RedeemVoucherMutation, RedeemVoucherMutationVariables>;
export const GiveVoucherDocument = {"__meta__":{"id":"e8a5c85c4ab1b65f6257f6214e85903459e75cb441499654e213945bed6c0536","name":"GiveVoucher","kind":"mutation"}} as unknown as DocumentNode<GiveVoucherMutation, GiveVoucherMutationVariables>;
export const BindVoucherDocument = {"__meta__":{"id":"62cbc757fa40360ba16becf68324288c15b936240b41103383fc2b38ec176284","name":"BindVoucher","kind":"mutation"}} as unknown as DocumentNode<BindVoucherMutation, BindVoucherMutationVariables>;
export const WithdrawVoucherDocument = {"__meta__":{"id":"283a3bd16ebab2ce72fae31da434d9f5c11fc9cc2d9da2575729ee6fd43593fb","name":"WithdrawVoucher","kind":"mutation"}} as unknown as DocumentNode<WithdrawVoucherMutation, WithdrawVoucherMutationVariables>;
export const AcceptVoucherDocument = {"__meta__":{"id":"2455b2454371d0e65854615b42cdb7b5bf47777ad80d1f4de9350594fd0559f4","name":"AcceptVoucher","kind":"mutation"}} as unknown as DocumentNode<AcceptVoucherMutation, AcceptVoucherMutationVariables>;
export const ReportVoucherLostDocument = {"__meta__":{"id":"ac1ae360a91a5e8893880d5977d538db27ca45ff2a407456ed2bb20991e020b4","name":"ReportVoucherLost","kind":"mutation"}} as unknown as DocumentNode<ReportVoucherLostMutation, ReportVoucherLostMutationVariables>;
export const RestoreVoucherDocument = {"__meta__":{"id":"b387f2242b94d47393ece86aca90ab379701dd257c5a9bf062912463664b59e8","name":"RestoreVoucher","kind":"mutation"}} as unknown as DocumentNode<RestoreVoucherMutation, RestoreVoucherMutationVariables>;
export const ExtendVoucherDocument = {"__meta__":{"id":"22c72160002945d9f175541a76b6c42bd9707fc0e140b5f19a8eee3261f40e4e","name":"ExtendVoucher","kind":"mutation"}} as unknown as DocumentNode<ExtendVoucherMutation, ExtendVoucherMutationVariables>;
export const AskVoucherRefundDocument = {"__meta__":{"id":"4c893dd227d7095af58b8bee430e73a9b6f0f6d1a446ba056189ca2cf08958c7","name":"AskVoucherRefund","kind":"mutation"}} as unknown as DocumentNode<AskVoucherRefundMutation, AskVoucherRefundMutationVariables>;
export const KeepVoucherDocument = {"__meta__":{"id":"76b1eff634cfe85f13874c009982461ab9540c398fe946ef99a32dc7d57b9aaf","name":"KeepVoucher","kind":"mutation"}} as unknown as DocumentNode<KeepVoucherMutation, KeepVoucherMutationVariables>;
export const LoginDocument = {"__meta__":{"id":"5b08edb67d6e8090a1c1b621fa62197dfb2d019a58205ca2b12edf82648a72d4","name":"Login","kind":"mutation"}} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = {"__meta__":{"id":"da7bff5b772b74ad98a56b344972ffde259e12b02435c2981a9c7bb97e2b28c0","name":"RefreshSession","kind":"mutation"}} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const FeaturesDocument = {"__meta__":{"id":"7e5bebd8f40362e1f51c61e3c030a1c4d0e4490849a7597b2e2ee1e2fe95793e","name":"Features","kind":"query"}} as unknown as DocumentNode<FeaturesQuery, FeaturesQueryVariables>;
export const MyMessageChoicesDocument = {"__meta__":{"id":"b1d10979af6f3f7b137f0d67a60d5851fe89f581e6f81ed26372dc07cc9c74ce","name":"MyMessageChoices","kind":"query"}} as unknown as DocumentNode<MyMessageChoicesQuery, MyMessageChoicesQueryVariables>;
export const NoteArrivalDocument = {"__meta__":{"id":"cf3240b6ab7069d94a76b8cb69df834fee0a8ea8aea67a890414d7a00930473a","name":"NoteArrival","kind":"mutation"}} as unknown as DocumentNode<NoteArrivalMutation, NoteArrivalMutationVariables>;
export const AcceptInvitationDocument = {"__meta__":{"id":"7d0ebc37affb97da12acf46db9a6af97e1d415494f1198722ce4835b17701b16","name":"AcceptInvitation","kind":"mutation"}} as unknown as DocumentNode<AcceptInvitationMutation, AcceptInvitationMutationVariables>;