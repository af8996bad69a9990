/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
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

export type CartLineProblem =
  | 'OFF_SALE'
  | 'PRICE_CHANGED'
  | 'SHORT'
  | 'SOLD_OUT';

export type CloseReason =
  | 'BUYER_CANCELLED'
  | 'OUT_OF_STOCK_AFTER_PAYMENT'
  | 'PAYMENT_TIMEOUT'
  | 'REFUNDED';

export type MerchantKind =
  | 'COMPANY'
  | 'COOPERATIVE'
  | 'FARMER'
  | 'INDIVIDUAL';

export type MerchantState =
  | 'CLOSED'
  | 'OPEN'
  | 'SUSPENDED';

export type OrderState =
  | 'AWAITING_PAYMENT'
  | 'AWAITING_SHIPMENT'
  | 'CLOSED'
  | 'COMPLETED'
  | 'RECEIVED'
  | 'SHIPPED';

export type PlaceOrderInput = {
  addressId: string;
  /** The total the buyer saw; anything else is answered with PriceChanged. */
  expectedTotal: number;
  /** Take the lines out of the cart when the order stands. */
  fromCart?: boolean;
  /** Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters. */
  idempotencyKey: string;
  lines: Array<WantedSku>;
  remarks?: Array<RemarkInput>;
  /** SKUs for which the buyer ticked 「我已知晓并同意本商品不支持七天无理由退货」. */
  returnWaivers?: Array<string>;
};

/** All that is given must hold; what is null does not matter. */
export type ProductFilter = {
  brandId?: string | null | undefined;
  categoryId?: string | null | undefined;
  /** Only `true` makes a difference. */
  inSeason?: boolean | null | undefined;
  inStock?: boolean | null | undefined;
  merchantId?: string | null | undefined;
  /** A GB/T 2260 code; a county includes its towns, the city everything. */
  originCode?: string | null | undefined;
  /** In fen, inclusive; the lowest price of a product counts. */
  priceFrom?: number | null | undefined;
  /** In fen, inclusive. */
  priceTo?: number | null | undefined;
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

/** How the seven-day return right applies: by law, not by law (fresh goods …), or only with the buyer's confirmation. */
export type ReturnClass =
  | 'NO_RETURN_BY_LAW'
  | 'NO_RETURN_IF_CONFIRMED'
  | 'SEVEN_DAYS';

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

export type TradeState =
  | 'AWAITING_PAYMENT'
  | 'CLOSED'
  | 'PAID';

export type WantedSku = {
  quantity: number;
  skuId: string;
};

export type ProductBriefFragment = { id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null };

export type RegionChildrenQueryVariables = Exact<{
  parent?: string | null | undefined;
}>;


export type RegionChildrenQuery = { regions: Array<{ code: string, name: string, level: RegionLevel }> };

export type RegionPathQueryVariables = Exact<{
  code: string;
}>;


export type RegionPathQuery = { region: { code: string, name: string, level: RegionLevel, fullName: string, parent: { code: string, name: string, level: RegionLevel, parent: { code: string, name: string, level: RegionLevel, parent: { code: string, name: string, level: RegionLevel } | null } | null } | null } | null };

export type SkuChoiceFragment = { id: string, name: string, price: number, marketPrice: number | null, weight: number, pricePer500g: number | null, available: number, active: boolean, position: number };

export type CartWholeFragment = { lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> };

export type CartPageQueryVariables = Exact<{ [key: string]: never; }>;


export type CartPageQuery = { cart: { lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> } };

export type CartCountQueryVariables = Exact<{ [key: string]: never; }>;


export type CartCountQuery = { cart: { lineCount: number } };

export type SetCartLineMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type SetCartLineMutation = { setCartLine:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SelectCartLinesMutationVariables = Exact<{
  skuIds: Array<string> | string;
  selected: boolean;
}>;


export type SelectCartLinesMutation = { selectCartLines:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RemoveCartLinesMutationVariables = Exact<{
  skuIds: Array<string> | string;
}>;


export type RemoveCartLinesMutation = { removeCartLines:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type RestoreCartLineMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type RestoreCartLineMutation = { addToCart:
    | { __typename: 'Cart', lineCount: number, selectedCount: number, goodsTotal: number, freight: number, total: number, groups: Array<{ goodsTotal: number, freight: number, merchant: { id: string, name: string, state: MerchantState, freight: number, freeFreightFrom: number | null }, lines: Array<{ skuId: string, quantity: number, selected: boolean, priceSeen: number, amount: number, problem: CartLineProblem | null, sku: { id: string, name: string, price: number, available: number, active: boolean, productId: string, product: { id: string, title: string, state: ProductState, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CategoryTreeQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoryTreeQuery = { categories: Array<{ id: string, name: string, icon: string | null, productCount: number, children: Array<{ id: string, name: string, icon: string | null, productCount: number }> }> };

export type CategoryPicksQueryVariables = Exact<{
  categoryId: string;
}>;


export type CategoryPicksQuery = { searchProducts: { total: number, nodes: Array<{ id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null }> } };

export type HomeQueryVariables = Exact<{
  city: string;
}>;


export type HomeQuery = { banners: Array<{ id: string, title: string, subtitle: string, link: string, image: { url: string, alt: string, width: number, height: number } }>, categories: Array<{ id: string, slug: string, name: string, icon: string | null }>, seasonalProducts: Array<{ seasonText: string, id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null }>, regions: Array<{ code: string, name: string, longitude: number | null, latitude: number | null }> };

export type NearbyQueryVariables = Exact<{
  originCode: string;
  first?: number;
}>;


export type NearbyQuery = { originProducts: Array<{ id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null }> };

export type MePageQueryVariables = Exact<{ [key: string]: never; }>;


export type MePageQuery = { me: { id: string, nickname: string, maskedPhone: string | null, avatar: { url: string, alt: string, width: number, height: number } | null } | null, myOrderCounts: Array<{ state: OrderState, count: number }> };

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


export type ProductPageQuery = { product: { id: string, title: string, subtitle: string, description: string, state: ProductState, storage: StorageClass, returnClass: ReturnClass, shelfLifeDays: number | null, inSeason: boolean, seasonText: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, cover: { url: string, alt: string, width: number, height: number } | null, images: Array<{ url: string, alt: string, width: number, height: number }>, category: { id: string, name: string }, brand: { id: string, name: string } | null, origin: { code: string, name: string, fullName: string }, skus: Array<{ id: string, name: string, price: number, marketPrice: number | null, weight: number, pricePer500g: number | null, available: number, active: boolean, position: number }>, merchant: { id: string, name: string, kind: MerchantKind, state: MerchantState, productCount: number, soldCount: number, freight: number, freeFreightFrom: number | null, isPlatformOwned: boolean, logo: { url: string, alt: string, width: number, height: number } | null, region: { code: string, fullName: string } } } | null };

export type AddToCartMutationVariables = Exact<{
  skuId: string;
  quantity: number;
}>;


export type AddToCartMutation = { addToCart:
    | { __typename: 'Cart', lineCount: number }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type SearchResultsQueryVariables = Exact<{
  query: string;
  filter?: ProductFilter | null | undefined;
  sort: ProductSort;
  after?: string | null | undefined;
}>;


export type SearchResultsQuery = { searchProducts: { total: number, fullFeatured: boolean, nodes: Array<{ id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { priceMin: number | null, priceMax: number | null, categories: Array<{ value: string, label: string, count: number }>, origins: Array<{ value: string, label: string, count: number }>, brands: Array<{ value: string, label: string, count: number }>, storage: Array<{ value: string, label: string, count: number }> } } };

export type OriginTownsQueryVariables = Exact<{
  parent: string;
}>;


export type OriginTownsQuery = { regions: Array<{ code: string, name: string }> };

export type SearchStartQueryVariables = Exact<{ [key: string]: never; }>;


export type SearchStartQuery = { seasonalProducts: Array<{ id: string, title: string }>, categories: Array<{ id: string, name: string }> };

export type SearchSuggestionsQueryVariables = Exact<{
  prefix: string;
}>;


export type SearchSuggestionsQuery = { searchSuggestions: Array<{ text: string, kind: SuggestionKind, target: string }> };

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

export type ProfilePageQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfilePageQuery = { me: { id: string, nickname: string, maskedPhone: string | null, createdAt: string } | null };

export type UpdateProfileMutationVariables = Exact<{
  nickname: string;
}>;


export type UpdateProfileMutation = { updateProfile:
    | { __typename: 'Member', id: string, nickname: string, maskedPhone: string | null }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type MerchantPageQueryVariables = Exact<{
  id: string;
}>;


export type MerchantPageQuery = { merchant: { id: string, name: string, kind: MerchantKind, state: MerchantState, intro: string, licenceDisplay: string, isPlatformOwned: boolean, productCount: number, soldCount: number, openedAt: string, freight: number, freeFreightFrom: number | null, logo: { url: string, alt: string, width: number, height: number } | null, region: { code: string, fullName: string } } | null };

export type MerchantGoodsQueryVariables = Exact<{
  filter: ProductFilter;
  sort: ProductSort;
  after?: string | null | undefined;
}>;


export type MerchantGoodsQuery = { searchProducts: { total: number, nodes: Array<{ id: string, title: string, subtitle: string, minPrice: number, maxPrice: number, pricePer500g: number | null, soldCount: number, inStock: boolean, inSeason: boolean, storage: StorageClass, origin: { code: string, name: string }, cover: { url: string, alt: string, width: number, height: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CashierTradeFragment = { id: string, number: string, state: TradeState, total: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, merchant: { id: string, name: string } }> };

export type CashierPageQueryVariables = Exact<{
  id: string;
}>;


export type CashierPageQuery = { trade: { id: string, number: string, state: TradeState, total: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, merchant: { id: string, name: string } }> } | null };

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
    | { __typename: 'Trade', id: string, number: string, state: TradeState, total: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, merchant: { id: string, name: string } }> }
   };

export type CancelTradeMutationVariables = Exact<{
  tradeId: string;
}>;


export type CancelTradeMutation = { cancelTrade:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, number: string, state: TradeState, total: number, createdAt: string, expiresAt: string, paidAt: string | null, orders: Array<{ id: string, number: string, state: OrderState, total: number, merchant: { id: string, name: string } }> }
   };

export type CheckoutPreviewQueryVariables = Exact<{
  lines: Array<WantedSku> | WantedSku;
  addressId?: string | null | undefined;
}>;


export type CheckoutPreviewQuery = { checkoutPreview:
    | { __typename: 'CheckoutPreview', goodsTotal: number, freight: number, total: number, needsReturnWaiver: Array<string>, address: { id: string, name: string, phone: string, regionName: string, detail: string, isDefault: boolean } | null, groups: Array<{ goodsTotal: number, freight: number, total: number, merchant: { id: string, name: string, freight: number, freeFreightFrom: number | null }, lines: Array<{ quantity: number, unitPrice: number, amount: number, sku: { id: string, name: string, product: { id: string, title: string, returnClass: ReturnClass, cover: { url: string, alt: string, width: number, height: number } | null } } }> }> }
    | { __typename: 'OutOfStock', code: string, message: string, skuId: string, available: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
   };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder:
    | { __typename: 'OutOfStock', code: string, message: string, skuId: string, available: number }
    | { __typename: 'PriceChanged', code: string, message: string, total: number }
    | { __typename: 'Refused', code: string, message: string, field: string | null }
    | { __typename: 'Trade', id: string, number: string, total: number, expiresAt: string }
   };

export type OrderWholeFragment = { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, merchant: { id: string, name: string }, address: { name: string, phone: string, regionName: string, detail: string }, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, carrier: { code: string, name: string } }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> };

export type OrderPageQueryVariables = Exact<{
  id: string;
}>;


export type OrderPageQuery = { order: { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, merchant: { id: string, name: string }, address: { name: string, phone: string, regionName: string, detail: string }, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, carrier: { code: string, name: string } }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } | null };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string;
}>;


export type OrderChangedSubscription = { orderChanged: { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, merchant: { id: string, name: string }, address: { name: string, phone: string, regionName: string, detail: string }, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, carrier: { code: string, name: string } }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> } };

export type ConfirmReceiptMutationVariables = Exact<{
  orderId: string;
}>;


export type ConfirmReceiptMutation = { confirmReceipt:
    | { __typename: 'Order', id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, goodsTotal: number, freight: number, total: number, remark: string, createdAt: string, expiresAt: string, paidAt: string | null, shippedAt: string | null, receivedAt: string | null, completedAt: string | null, closedAt: string | null, autoConfirmAt: string | null, version: number, merchant: { id: string, name: string }, address: { name: string, phone: string, regionName: string, detail: string }, lines: Array<{ id: string, skuId: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, amount: number, returnClass: ReturnClass, image: { url: string, alt: string, width: number, height: number } | null }>, steps: Array<{ at: string, text: string, state: OrderState, actor: ActorKind }>, shipments: Array<{ id: string, trackingNumber: string, shippedAt: string, carrier: { code: string, name: string } }>, refunds: Array<{ id: string, number: string, amount: number, state: RefundState, reason: string, createdAt: string, finishedAt: string | null }> }
    | { __typename: 'Refused', code: string, message: string }
   };

export type CancelOrderTradeMutationVariables = Exact<{
  tradeId: string;
}>;


export type CancelOrderTradeMutation = { cancelTrade:
    | { __typename: 'Refused', code: string, message: string }
    | { __typename: 'Trade', id: string, state: TradeState }
   };

export type BuyAgainMutationVariables = Exact<{
  orderId: string;
}>;


export type BuyAgainMutation = { buyAgain:
    | { __typename: 'Cart', lineCount: number }
    | { __typename: 'OutOfStock', code: string, message: string, available: number }
    | { __typename: 'Refused', code: string, message: string }
   };

export type OrderBriefFragment = { id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, total: number, createdAt: string, expiresAt: string, merchant: { id: string, name: string }, lines: Array<{ id: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, image: { url: string, alt: string, width: number, height: number } | null }> };

export type MyOrdersQueryVariables = Exact<{
  state?: OrderState | null | undefined;
  after?: string | null | undefined;
}>;


export type MyOrdersQuery = { myOrders: { total: number, nodes: Array<{ id: string, number: string, tradeId: string, state: OrderState, closeReason: CloseReason | null, total: number, createdAt: string, expiresAt: string, merchant: { id: string, name: string }, lines: Array<{ id: string, productId: string, title: string, skuName: string, quantity: number, unitPrice: number, image: { url: string, alt: string, width: number, height: number } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyOrderCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyOrderCountsQuery = { myOrderCounts: Array<{ state: OrderState, count: number }> };

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

export const ProductBriefFragmentDoc = gql`
    fragment ProductBrief on Product {
  id
  title
  subtitle
  minPrice
  maxPrice
  pricePer500g
  soldCount
  inStock
  inSeason
  storage
  origin {
    code
    name
  }
  cover {
    url
    alt
    width
    height
  }
}
    ` as unknown as DocumentNode<ProductBriefFragment, unknown>;
export const SkuChoiceFragmentDoc = gql`
    fragment SkuChoice on Sku {
  id
  name
  price
  marketPrice
  weight
  pricePer500g
  available
  active
  position
}
    ` as unknown as DocumentNode<SkuChoiceFragment, unknown>;
export const CartWholeFragmentDoc = gql`
    fragment CartWhole on Cart {
  lineCount
  selectedCount
  goodsTotal
  freight
  total
  groups {
    goodsTotal
    freight
    merchant {
      id
      name
      state
      freight
      freeFreightFrom
    }
    lines {
      skuId
      quantity
      selected
      priceSeen
      amount
      problem
      sku {
        id
        name
        price
        available
        active
        productId
        product {
          id
          title
          state
          cover {
            url
            alt
            width
            height
          }
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<CartWholeFragment, unknown>;
export const AddressWholeFragmentDoc = gql`
    fragment AddressWhole on Address {
  id
  name
  phone
  regionCode
  regionName
  detail
  isDefault
}
    ` as unknown as DocumentNode<AddressWholeFragment, unknown>;
export const CashierTradeFragmentDoc = gql`
    fragment CashierTrade on Trade {
  id
  number
  state
  total
  createdAt
  expiresAt
  paidAt
  orders {
    id
    number
    state
    total
    merchant {
      id
      name
    }
  }
}
    ` as unknown as DocumentNode<CashierTradeFragment, unknown>;
export const OrderWholeFragmentDoc = gql`
    fragment OrderWhole on Order {
  id
  number
  tradeId
  state
  closeReason
  goodsTotal
  freight
  total
  remark
  createdAt
  expiresAt
  paidAt
  shippedAt
  receivedAt
  completedAt
  closedAt
  autoConfirmAt
  version
  merchant {
    id
    name
  }
  address {
    name
    phone
    regionName
    detail
  }
  lines {
    id
    skuId
    productId
    title
    skuName
    quantity
    unitPrice
    amount
    returnClass
    image {
      url
      alt
      width
      height
    }
  }
  steps {
    at
    text
    state
    actor
  }
  shipments {
    id
    trackingNumber
    shippedAt
    carrier {
      code
      name
    }
  }
  refunds {
    id
    number
    amount
    state
    reason
    createdAt
    finishedAt
  }
}
    ` as unknown as DocumentNode<OrderWholeFragment, unknown>;
export const OrderBriefFragmentDoc = gql`
    fragment OrderBrief on Order {
  id
  number
  tradeId
  state
  closeReason
  total
  createdAt
  expiresAt
  merchant {
    id
    name
  }
  lines {
    id
    productId
    title
    skuName
    quantity
    unitPrice
    image {
      url
      alt
      width
      height
    }
  }
}
    ` as unknown as DocumentNode<OrderBriefFragment, unknown>;
export const SessionWholeFragmentDoc = gql`
    fragment SessionWhole on Session {
  accessToken
  refreshToken
  expiresAt
  member {
    id
    nickname
    maskedPhone
    avatar {
      url
      alt
      width
      height
    }
  }
}
    ` as unknown as DocumentNode<SessionWholeFragment, unknown>;
export const RegionChildrenDocument = gql`
    query RegionChildren($parent: String) {
  regions(parent: $parent) {
    code
    name
    level
  }
}
    ` as unknown as DocumentNode<RegionChildrenQuery, RegionChildrenQueryVariables>;
export const RegionPathDocument = gql`
    query RegionPath($code: String!) {
  region(code: $code) {
    code
    name
    level
    fullName
    parent {
      code
      name
      level
      parent {
        code
        name
        level
        parent {
          code
          name
          level
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<RegionPathQuery, RegionPathQueryVariables>;
export const CartPageDocument = gql`
    query CartPage {
  cart {
    ...CartWhole
  }
}
    ${CartWholeFragmentDoc}` as unknown as DocumentNode<CartPageQuery, CartPageQueryVariables>;
export const CartCountDocument = gql`
    query CartCount {
  cart {
    lineCount
  }
}
    ` as unknown as DocumentNode<CartCountQuery, CartCountQueryVariables>;
export const SetCartLineDocument = gql`
    mutation SetCartLine($skuId: ID!, $quantity: Int!) {
  setCartLine(skuId: $skuId, quantity: $quantity) {
    __typename
    ...CartWhole
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ${CartWholeFragmentDoc}` as unknown as DocumentNode<SetCartLineMutation, SetCartLineMutationVariables>;
export const SelectCartLinesDocument = gql`
    mutation SelectCartLines($skuIds: [ID!]!, $selected: Boolean!) {
  selectCartLines(skuIds: $skuIds, selected: $selected) {
    __typename
    ...CartWhole
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ${CartWholeFragmentDoc}` as unknown as DocumentNode<SelectCartLinesMutation, SelectCartLinesMutationVariables>;
export const RemoveCartLinesDocument = gql`
    mutation RemoveCartLines($skuIds: [ID!]!) {
  removeCartLines(skuIds: $skuIds) {
    __typename
    ...CartWhole
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ${CartWholeFragmentDoc}` as unknown as DocumentNode<RemoveCartLinesMutation, RemoveCartLinesMutationVariables>;
export const RestoreCartLineDocument = gql`
    mutation RestoreCartLine($skuId: ID!, $quantity: Int!) {
  addToCart(skuId: $skuId, quantity: $quantity) {
    __typename
    ...CartWhole
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ${CartWholeFragmentDoc}` as unknown as DocumentNode<RestoreCartLineMutation, RestoreCartLineMutationVariables>;
export const CategoryTreeDocument = gql`
    query CategoryTree {
  categories {
    id
    name
    icon
    productCount
    children {
      id
      name
      icon
      productCount
    }
  }
}
    ` as unknown as DocumentNode<CategoryTreeQuery, CategoryTreeQueryVariables>;
export const CategoryPicksDocument = gql`
    query CategoryPicks($categoryId: ID!) {
  searchProducts(filter: {categoryId: $categoryId}, sort: SALES, first: 6) {
    total
    nodes {
      ...ProductBrief
    }
  }
}
    ${ProductBriefFragmentDoc}` as unknown as DocumentNode<CategoryPicksQuery, CategoryPicksQueryVariables>;
export const HomeDocument = gql`
    query Home($city: String!) {
  banners {
    id
    title
    subtitle
    link
    image {
      url
      alt
      width
      height
    }
  }
  categories {
    id
    slug
    name
    icon
  }
  seasonalProducts(first: 10) {
    ...ProductBrief
    seasonText
  }
  regions(parent: $city) {
    code
    name
    longitude
    latitude
  }
}
    ${ProductBriefFragmentDoc}` as unknown as DocumentNode<HomeQuery, HomeQueryVariables>;
export const NearbyDocument = gql`
    query Nearby($originCode: String!, $first: Int! = 10) {
  originProducts(originCode: $originCode, first: $first) {
    ...ProductBrief
  }
}
    ${ProductBriefFragmentDoc}` as unknown as DocumentNode<NearbyQuery, NearbyQueryVariables>;
export const MePageDocument = gql`
    query MePage {
  me {
    id
    nickname
    maskedPhone
    avatar {
      url
      alt
      width
      height
    }
  }
  myOrderCounts {
    state
    count
  }
}
    ` as unknown as DocumentNode<MePageQuery, MePageQueryVariables>;
export const BindPhoneDocument = gql`
    mutation BindPhone($code: String!) {
  bindPhone(code: $code) {
    __typename
    ... on Member {
      id
      nickname
      maskedPhone
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<BindPhoneMutation, BindPhoneMutationVariables>;
export const LogoutDocument = gql`
    mutation Logout {
  logout {
    __typename
    ... on Done {
      ok
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const ProductPageDocument = gql`
    query ProductPage($id: ID!) {
  product(id: $id) {
    id
    title
    subtitle
    description
    state
    storage
    returnClass
    shelfLifeDays
    inSeason
    seasonText
    minPrice
    maxPrice
    pricePer500g
    soldCount
    inStock
    cover {
      url
      alt
      width
      height
    }
    images {
      url
      alt
      width
      height
    }
    category {
      id
      name
    }
    brand {
      id
      name
    }
    origin {
      code
      name
      fullName
    }
    skus {
      ...SkuChoice
    }
    merchant {
      id
      name
      kind
      state
      logo {
        url
        alt
        width
        height
      }
      region {
        code
        fullName
      }
      productCount
      soldCount
      freight
      freeFreightFrom
      isPlatformOwned
    }
  }
}
    ${SkuChoiceFragmentDoc}` as unknown as DocumentNode<ProductPageQuery, ProductPageQueryVariables>;
export const AddToCartDocument = gql`
    mutation AddToCart($skuId: ID!, $quantity: Int!) {
  addToCart(skuId: $skuId, quantity: $quantity) {
    __typename
    ... on Cart {
      lineCount
    }
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<AddToCartMutation, AddToCartMutationVariables>;
export const SearchResultsDocument = gql`
    query SearchResults($query: String!, $filter: ProductFilter, $sort: ProductSort!, $after: String) {
  searchProducts(
    query: $query
    filter: $filter
    sort: $sort
    first: 20
    after: $after
  ) {
    total
    fullFeatured
    nodes {
      ...ProductBrief
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    facets {
      categories {
        value
        label
        count
      }
      origins {
        value
        label
        count
      }
      brands {
        value
        label
        count
      }
      storage {
        value
        label
        count
      }
      priceMin
      priceMax
    }
  }
}
    ${ProductBriefFragmentDoc}` as unknown as DocumentNode<SearchResultsQuery, SearchResultsQueryVariables>;
export const OriginTownsDocument = gql`
    query OriginTowns($parent: String!) {
  regions(parent: $parent) {
    code
    name
  }
}
    ` as unknown as DocumentNode<OriginTownsQuery, OriginTownsQueryVariables>;
export const SearchStartDocument = gql`
    query SearchStart {
  seasonalProducts(first: 8) {
    id
    title
  }
  categories {
    id
    name
  }
}
    ` as unknown as DocumentNode<SearchStartQuery, SearchStartQueryVariables>;
export const SearchSuggestionsDocument = gql`
    query SearchSuggestions($prefix: String!) {
  searchSuggestions(prefix: $prefix, first: 10) {
    text
    kind
    target
  }
}
    ` as unknown as DocumentNode<SearchSuggestionsQuery, SearchSuggestionsQueryVariables>;
export const MyAddressesDocument = gql`
    query MyAddresses {
  myAddresses {
    ...AddressWhole
  }
}
    ${AddressWholeFragmentDoc}` as unknown as DocumentNode<MyAddressesQuery, MyAddressesQueryVariables>;
export const SaveAddressDocument = gql`
    mutation SaveAddress($id: ID, $input: AddressInput!) {
  saveAddress(id: $id, input: $input) {
    __typename
    ...AddressWhole
    ... on Refused {
      code
      message
      field
    }
  }
}
    ${AddressWholeFragmentDoc}` as unknown as DocumentNode<SaveAddressMutation, SaveAddressMutationVariables>;
export const DeleteAddressDocument = gql`
    mutation DeleteAddress($id: ID!) {
  deleteAddress(id: $id) {
    __typename
    ... on Done {
      ok
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteAddressMutation, DeleteAddressMutationVariables>;
export const MyDevicesDocument = gql`
    query MyDevices {
  myDevices {
    id
    name
    current
    createdAt
    lastSeenAt
  }
}
    ` as unknown as DocumentNode<MyDevicesQuery, MyDevicesQueryVariables>;
export const RevokeDeviceDocument = gql`
    mutation RevokeDevice($id: ID!) {
  revokeDevice(id: $id) {
    __typename
    ... on Done {
      ok
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<RevokeDeviceMutation, RevokeDeviceMutationVariables>;
export const ProfilePageDocument = gql`
    query ProfilePage {
  me {
    id
    nickname
    maskedPhone
    createdAt
  }
}
    ` as unknown as DocumentNode<ProfilePageQuery, ProfilePageQueryVariables>;
export const UpdateProfileDocument = gql`
    mutation UpdateProfile($nickname: String!) {
  updateProfile(nickname: $nickname) {
    __typename
    ... on Member {
      id
      nickname
      maskedPhone
    }
    ... on Refused {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const MerchantPageDocument = gql`
    query MerchantPage($id: ID!) {
  merchant(id: $id) {
    id
    name
    kind
    state
    intro
    licenceDisplay
    isPlatformOwned
    productCount
    soldCount
    openedAt
    freight
    freeFreightFrom
    logo {
      url
      alt
      width
      height
    }
    region {
      code
      fullName
    }
  }
}
    ` as unknown as DocumentNode<MerchantPageQuery, MerchantPageQueryVariables>;
export const MerchantGoodsDocument = gql`
    query MerchantGoods($filter: ProductFilter!, $sort: ProductSort!, $after: String) {
  searchProducts(filter: $filter, sort: $sort, first: 20, after: $after) {
    total
    nodes {
      ...ProductBrief
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${ProductBriefFragmentDoc}` as unknown as DocumentNode<MerchantGoodsQuery, MerchantGoodsQueryVariables>;
export const CashierPageDocument = gql`
    query CashierPage($id: ID!) {
  trade(id: $id) {
    ...CashierTrade
  }
}
    ${CashierTradeFragmentDoc}` as unknown as DocumentNode<CashierPageQuery, CashierPageQueryVariables>;
export const PayTradeDocument = gql`
    mutation PayTrade($tradeId: ID!) {
  payTrade(tradeId: $tradeId) {
    __typename
    ... on Prepay {
      tradeId
      prepayId
      timeStamp
      nonceStr
      package
      signType
      paySign
      expiresAt
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<PayTradeMutation, PayTradeMutationVariables>;
export const ConfirmPaymentDocument = gql`
    mutation ConfirmPayment($tradeId: ID!) {
  confirmPayment(tradeId: $tradeId) {
    __typename
    ...CashierTrade
    ... on Refused {
      code
      message
    }
  }
}
    ${CashierTradeFragmentDoc}` as unknown as DocumentNode<ConfirmPaymentMutation, ConfirmPaymentMutationVariables>;
export const CancelTradeDocument = gql`
    mutation CancelTrade($tradeId: ID!) {
  cancelTrade(tradeId: $tradeId) {
    __typename
    ...CashierTrade
    ... on Refused {
      code
      message
    }
  }
}
    ${CashierTradeFragmentDoc}` as unknown as DocumentNode<CancelTradeMutation, CancelTradeMutationVariables>;
export const CheckoutPreviewDocument = gql`
    query CheckoutPreview($lines: [WantedSku!]!, $addressId: ID) {
  checkoutPreview(lines: $lines, addressId: $addressId) {
    __typename
    ... on CheckoutPreview {
      goodsTotal
      freight
      total
      needsReturnWaiver
      address {
        id
        name
        phone
        regionName
        detail
        isDefault
      }
      groups {
        goodsTotal
        freight
        total
        merchant {
          id
          name
          freight
          freeFreightFrom
        }
        lines {
          quantity
          unitPrice
          amount
          sku {
            id
            name
            product {
              id
              title
              returnClass
              cover {
                url
                alt
                width
                height
              }
            }
          }
        }
      }
    }
    ... on OutOfStock {
      code
      message
      skuId
      available
    }
    ... on Refused {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CheckoutPreviewQuery, CheckoutPreviewQueryVariables>;
export const PlaceOrderDocument = gql`
    mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on Trade {
      id
      number
      total
      expiresAt
    }
    ... on OutOfStock {
      code
      message
      skuId
      available
    }
    ... on PriceChanged {
      code
      message
      total
    }
    ... on Refused {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const OrderPageDocument = gql`
    query OrderPage($id: ID!) {
  order(id: $id) {
    ...OrderWhole
  }
}
    ${OrderWholeFragmentDoc}` as unknown as DocumentNode<OrderPageQuery, OrderPageQueryVariables>;
export const OrderChangedDocument = gql`
    subscription OrderChanged($id: ID!) {
  orderChanged(id: $id) {
    ...OrderWhole
  }
}
    ${OrderWholeFragmentDoc}` as unknown as DocumentNode<OrderChangedSubscription, OrderChangedSubscriptionVariables>;
export const ConfirmReceiptDocument = gql`
    mutation ConfirmReceipt($orderId: ID!) {
  confirmReceipt(orderId: $orderId) {
    __typename
    ...OrderWhole
    ... on Refused {
      code
      message
    }
  }
}
    ${OrderWholeFragmentDoc}` as unknown as DocumentNode<ConfirmReceiptMutation, ConfirmReceiptMutationVariables>;
export const CancelOrderTradeDocument = gql`
    mutation CancelOrderTrade($tradeId: ID!) {
  cancelTrade(tradeId: $tradeId) {
    __typename
    ... on Trade {
      id
      state
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<CancelOrderTradeMutation, CancelOrderTradeMutationVariables>;
export const BuyAgainDocument = gql`
    mutation BuyAgain($orderId: ID!) {
  buyAgain(orderId: $orderId) {
    __typename
    ... on Cart {
      lineCount
    }
    ... on OutOfStock {
      code
      message
      available
    }
    ... on Refused {
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<BuyAgainMutation, BuyAgainMutationVariables>;
export const MyOrdersDocument = gql`
    query MyOrders($state: OrderState, $after: String) {
  myOrders(state: $state, first: 10, after: $after) {
    total
    nodes {
      ...OrderBrief
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${OrderBriefFragmentDoc}` as unknown as DocumentNode<MyOrdersQuery, MyOrdersQueryVariables>;
export const MyOrderCountsDocument = gql`
    query MyOrderCounts {
  myOrderCounts {
    state
    count
  }
}
    ` as unknown as DocumentNode<MyOrderCountsQuery, MyOrderCountsQueryVariables>;
export const LoginDocument = gql`
    mutation Login($code: String!, $device: String!) {
  login(code: $code, device: $device) {
    __typename
    ...SessionWhole
    ... on Refused {
      code
      message
    }
  }
}
    ${SessionWholeFragmentDoc}` as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = gql`
    mutation RefreshSession($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) {
    __typename
    ...SessionWhole
    ... on Refused {
      code
      message
    }
  }
}
    ${SessionWholeFragmentDoc}` as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;