"""Parcels: who carries them, what is in them, where they are, and what WeChat has been told of them."""

from domain.delivery.carriers import CARRIERS as CARRIERS
from domain.delivery.carriers import carriers as carriers
from domain.delivery.carriers import check_parcel as check_parcel
from domain.delivery.parcels import MOST_PARCELS as MOST_PARCELS
from domain.delivery.parcels import TROUBLES as TROUBLES
from domain.delivery.parcels import correct as correct
from domain.delivery.parcels import goods_by_shipment as goods_by_shipment
from domain.delivery.parcels import in_trouble as in_trouble
from domain.delivery.parcels import ship as ship
from domain.delivery.parcels import shipment as shipment
from domain.delivery.parcels import shipments_by_id as shipments_by_id
from domain.delivery.parcels import shipments_by_order as shipments_by_order
from domain.delivery.parcels import shipments_of as shipments_of
from domain.delivery.parcels import tell_of_the_end as tell_of_the_end
from domain.delivery.parcels import traces_by_shipment as traces_by_shipment
from domain.delivery.uploads import Plan as Plan
from domain.delivery.uploads import ToldParcel as ToldParcel
from domain.delivery.uploads import UploadAnswer as UploadAnswer
from domain.delivery.uploads import Uploader as Uploader
from domain.delivery.uploads import UploadOutcome as UploadOutcome
from domain.delivery.uploads import pending_uploads as pending_uploads
from domain.delivery.uploads import plan as plan
from domain.delivery.uploads import record_upload as record_upload
