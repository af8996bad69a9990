"""Object stores: a folder of this machine, or one that speaks S3."""

from integrations.objects.folder import Folder as Folder
from integrations.objects.s3 import S3 as S3
from integrations.objects.s3 import S3Config as S3Config
