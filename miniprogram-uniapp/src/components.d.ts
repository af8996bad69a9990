// What easycom finds by name in templates, so that vue-tsc checks properties and events of our own components.
import type AddressChoice from '@/components/address-choice/address-choice.vue'
import type AttributeChips from '@/components/attribute-chips/attribute-chips.vue'
import type BottomSheet from '@/components/bottom-sheet/bottom-sheet.vue'
import type CardPicker from '@/components/card-picker/card-picker.vue'
import type CheckDot from '@/components/check-dot/check-dot.vue'
import type CouponCard from '@/components/coupon-card/coupon-card.vue'
import type CouponPicker from '@/components/coupon-picker/coupon-picker.vue'
import type DistrictSheet from '@/components/district-sheet/district-sheet.vue'
import type EmptyNote from '@/components/empty-note/empty-note.vue'
import type FilterDrawer from '@/components/filter-drawer/filter-drawer.vue'
import type FlashTile from '@/components/flash-tile/flash-tile.vue'
import type GoodsShelf from '@/components/goods-shelf/goods-shelf.vue'
import type ListTail from '@/components/list-tail/list-tail.vue'
import type LoadFailure from '@/components/load-failure/load-failure.vue'
import type MallImage from '@/components/mall-image/mall-image.vue'
import type MerchantCard from '@/components/merchant-card/merchant-card.vue'
import type MessageChoices from '@/components/message-choices/message-choices.vue'
import type OneKind from '@/components/one-kind/one-kind.vue'
import type OrderAddressChange from '@/components/order-address-change/order-address-change.vue'
import type OrderAfterSales from '@/components/order-after-sales/order-after-sales.vue'
import type OrderGoods from '@/components/order-goods/order-goods.vue'
import type OrderLots from '@/components/order-lots/order-lots.vue'
import type OrderParcels from '@/components/order-parcels/order-parcels.vue'
import type OrderPickup from '@/components/order-pickup/order-pickup.vue'
import type OrderPresale from '@/components/order-presale/order-presale.vue'
import type OrderRemark from '@/components/order-remark/order-remark.vue'
import type OrderReviews from '@/components/order-reviews/order-reviews.vue'
import type PageRow from '@/components/page-row/page-row.vue'
import type PictureRow from '@/components/picture-row/picture-row.vue'
import type PointsRow from '@/components/points-row/points-row.vue'
import type PriceDetails from '@/components/price-details/price-details.vue'
import type PriceTag from '@/components/price-tag/price-tag.vue'
import type ProductCard from '@/components/product-card/product-card.vue'
import type ProductClip from '@/components/product-clip/product-clip.vue'
import type ProductCoupons from '@/components/product-coupons/product-coupons.vue'
import type ProductFlash from '@/components/product-flash/product-flash.vue'
import type ProductGroups from '@/components/product-groups/product-groups.vue'
import type ProductLots from '@/components/product-lots/product-lots.vue'
import type ProductPresales from '@/components/product-presales/product-presales.vue'
import type ProductReviews from '@/components/product-reviews/product-reviews.vue'
import type ProductRow from '@/components/product-row/product-row.vue'
import type QuantityStepper from '@/components/quantity-stepper/quantity-stepper.vue'
import type RegionPicker from '@/components/region-picker/region-picker.vue'
import type ReviewCard from '@/components/review-card/review-card.vue'
import type ReviewSums from '@/components/review-sums/review-sums.vue'
import type SearchHelp from '@/components/search-help/search-help.vue'
import type SkeletonBlock from '@/components/skeleton-block/skeleton-block.vue'
import type SkeletonCards from '@/components/skeleton-cards/skeleton-cards.vue'
import type SkeletonRows from '@/components/skeleton-rows/skeleton-rows.vue'
import type SkuSheet from '@/components/sku-sheet/sku-sheet.vue'
import type StarRow from '@/components/star-row/star-row.vue'
import type ToldStory from '@/components/told-story/told-story.vue'
import type WaiverTick from '@/components/waiver-tick/waiver-tick.vue'

declare module 'vue' {
  export interface GlobalComponents {
    AddressChoice: typeof AddressChoice
    AttributeChips: typeof AttributeChips
    BottomSheet: typeof BottomSheet
    CardPicker: typeof CardPicker
    CheckDot: typeof CheckDot
    CouponCard: typeof CouponCard
    CouponPicker: typeof CouponPicker
    DistrictSheet: typeof DistrictSheet
    EmptyNote: typeof EmptyNote
    FilterDrawer: typeof FilterDrawer
    FlashTile: typeof FlashTile
    GoodsShelf: typeof GoodsShelf
    ListTail: typeof ListTail
    LoadFailure: typeof LoadFailure
    MallImage: typeof MallImage
    MerchantCard: typeof MerchantCard
    MessageChoices: typeof MessageChoices
    OneKind: typeof OneKind
    OrderAddressChange: typeof OrderAddressChange
    OrderAfterSales: typeof OrderAfterSales
    OrderGoods: typeof OrderGoods
    OrderLots: typeof OrderLots
    OrderParcels: typeof OrderParcels
    OrderPickup: typeof OrderPickup
    OrderPresale: typeof OrderPresale
    OrderRemark: typeof OrderRemark
    OrderReviews: typeof OrderReviews
    PageRow: typeof PageRow
    PictureRow: typeof PictureRow
    PointsRow: typeof PointsRow
    PriceDetails: typeof PriceDetails
    PriceTag: typeof PriceTag
    ProductCard: typeof ProductCard
    ProductClip: typeof ProductClip
    ProductCoupons: typeof ProductCoupons
    ProductFlash: typeof ProductFlash
    ProductGroups: typeof ProductGroups
    ProductLots: typeof ProductLots
    ProductPresales: typeof ProductPresales
    ProductReviews: typeof ProductReviews
    ProductRow: typeof ProductRow
    QuantityStepper: typeof QuantityStepper
    RegionPicker: typeof RegionPicker
    ReviewCard: typeof ReviewCard
    ReviewSums: typeof ReviewSums
    SearchHelp: typeof SearchHelp
    SkeletonBlock: typeof SkeletonBlock
    SkeletonCards: typeof SkeletonCards
    SkeletonRows: typeof SkeletonRows
    SkuSheet: typeof SkuSheet
    StarRow: typeof StarRow
    ToldStory: typeof ToldStory
    WaiverTick: typeof WaiverTick
  }
}

export {}
