"""The cryptography of WeChat Pay API v3: RSA-SHA256 signatures, AES-256-GCM resources, OAEP for sensitive fields."""

import base64
import binascii
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

SCHEME = "WECHATPAY2-SHA256-RSA2048"
_OAEP_SHA1 = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)


def load_private(pem: str) -> RSAPrivateKey:
    """Refuses (ValueError) anything but an unencrypted RSA private key."""
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the merchant key must be an RSA private key")
    return key


def load_public(pem: str) -> RSAPublicKey:
    """Takes a public key or a platform certificate: both identify WeChat Pay during a migration."""
    raw = pem.encode()
    key = load_pem_x509_certificate(raw).public_key() if "CERTIFICATE" in pem else load_pem_public_key(raw)
    if not isinstance(key, RSAPublicKey):
        raise ValueError("a platform key must be an RSA public key")
    return key


def lines(*parts: str | bytes) -> bytes:
    """Joins the parts of a string to sign: each ends with a line feed, the last one too."""
    return b"".join((part.encode() if isinstance(part, str) else part) + b"\n" for part in parts)


def sign(key: RSAPrivateKey, message: bytes) -> str:
    return base64.b64encode(key.sign(message, padding.PKCS1v15(), hashes.SHA256())).decode("ascii")


def verifies(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def authorization(
    *, key: RSAPrivateKey, mchid: str, serial_no: str, method: str, target: str, timestamp: str, nonce: str, body: bytes
) -> str:
    """The Authorization header for one request; `target` is path?query exactly as sent."""
    signature = sign(key, lines(method, target, timestamp, nonce, body))
    return (
        f'{SCHEME} mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",'
        f'timestamp="{timestamp}",serial_no="{serial_no}"'
    )


def decrypt(apiv3_key: str, resource: Mapping[str, str]) -> bytes:
    """Opens a notification resource; raises ValueError when key, nonce, tag or associated data do not fit."""
    try:
        sealed = base64.b64decode(resource["ciphertext"], validate=True)
        nonce, aad = resource["nonce"].encode(), (resource.get("associated_data") or "").encode()
        return AESGCM(apiv3_key.encode()).decrypt(nonce, sealed, aad)
    except (InvalidTag, binascii.Error, KeyError, AttributeError, TypeError) as error:
        raise ValueError("the resource does not open with our key") from error


def seal_field(key: RSAPublicKey, text: str) -> str:
    """Encrypts a sensitive request field (a name, an ID or bank number) for WeChat Pay."""
    return base64.b64encode(key.encrypt(text.encode(), _OAEP_SHA1)).decode("ascii")


def open_field(key: RSAPrivateKey, sealed: str) -> str:
    """Decrypts a sensitive reply field, which comes encrypted to the merchant's key."""
    return open_bytes(key, sealed).decode()


def open_bytes(key: RSAPrivateKey, sealed: str) -> bytes:
    return key.decrypt(base64.b64decode(sealed), _OAEP_SHA1)


def open_file(key: bytes, nonce: str, sealed: bytes) -> bytes:
    """Opens an encrypted bill file; ValueError when key, nonce or tag do not fit."""
    try:
        return AESGCM(key).decrypt(nonce.encode(), sealed, b"")
    except InvalidTag as error:
        raise ValueError("the file does not open with its key") from error
