"""Vectors for Subrosa's own formats, made with another library (Python's cryptography), so that two
implementations can disagree. `python3 make.py > vectors.json`.
"""
import base64
import hashlib
import hmac
import json
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def framed(*parts):
    return b"".join(struct.pack(">I", len(p)) + p for p in parts)


def fixed(name, n=32):
    return hashlib.sha256(name.encode()).digest()[:n]


def commitment(salt, label, value):
    data = b"subrosa commitment v1\0" + label.encode() + b"\0" + salt + value.encode()
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def field():
    key, nonce, version = fixed("field key"), fixed("field nonce", 12), 258
    place = {"table": "app.matters", "column": "sealed_name", "row": "0199d3c0-7e00-7000-8000-000000000001"}
    plain = "Orchard v. Mill — señal"
    aad = framed(b"subrosa field v1", struct.pack(">H", version), *[place[k].encode() for k in ("table", "column", "row")])
    sealed = b"\x01" + struct.pack(">H", version) + nonce + AESGCM(key).encrypt(nonce, plain.encode(), aad)
    return {"key": key.hex(), "keyVersion": version, "place": place, "plain": plain, "sealed": sealed.hex()}


def wrapped():
    wrapping, nonce, label, key = fixed("wrapping"), fixed("wrap nonce", 12), "matter key · é", fixed("wrapped")
    sealed = b"\x01" + nonce + AESGCM(wrapping).encrypt(nonce, key, framed(b"subrosa wrapped key v1", label.encode()))
    return {"wrapping": wrapping.hex(), "label": label, "key": key.hex(), "wrapped": sealed.hex()}


def matter():
    row, store, matter_id = fixed("row half"), fixed("store half"), "0199d3c0-7e00-7000-8000-000000000001"
    info = framed(b"subrosa matter key v1", matter_id.encode())
    key = HKDF(hashes.SHA256(), 32, None, info).derive(row + store)
    key_id = hashlib.sha256(b"subrosa key id v1\0" + key).hexdigest()[:16]
    return {"rowHalf": row.hex(), "storeHalf": store.hex(), "matterId": matter_id, "key": key.hex(), "keyId": key_id}


def tokens():
    key = fixed("token key")

    def token(domain, text):
        return hmac.new(key, framed(domain.encode()) + text.encode(), hashlib.sha256).digest()[:16].hex()

    return {"key": key.hex(), "domain": "person.name",
            "folded": {"text": "  Stra\u00dfe\u00a0\n 7 ", "token": token("person.name", "STRASSE 7")},
            "exact": {"text": "Re\u0301sume\u0301 (1).PDF", "token": token("person.name", "R\u00e9sum\u00e9 (1).PDF")}}


def leaf():
    salt = fixed("salt", 16)
    fields = {
        "v": 1, "id": "0199d3c0-7e00-7000-8000-00000000000a", "n": 41, "m": 7,
        "at": "2026-03-02T09:15:00.123Z", "numbered": "2026-03-02T09:15:00.987Z", "deed": "document.opened",
        "actor": commitment(salt, "actor", "0199d3c0-7e00-7000-8000-0000000000aa"),
        "matter": commitment(salt, "matter", "0199d3c0-7e00-7000-8000-000000000001"),
        "object": commitment(salt, "object", "document 0199d3c0-7e00-7000-8000-0000000000dd"),
        "via": "web", "details": commitment(salt, "details", '{"title":"Über"}'),
    }
    data = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return {"salt": salt.hex(), "detailsJson": '{"title":"Über"}', "leaf": fields, "bytes": data.decode(),
            "leafHash": hashlib.sha256(b"\0" + data).hexdigest()}


def note():
    seed, name, text = fixed("seed"), "log.wren-ames.example", "log.wren-ames.example\n42\n" + base64.b64encode(fixed("root")).decode() + "\n"
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    signature = base64.b64encode(key_id + private.sign(text.encode())).decode()
    encoded = base64.b64encode(b"\x01" + public).decode()
    return {"seed": seed.hex(), "name": name, "vkey": f"{name}+{key_id.hex()}+{encoded}",
            "text": text, "note": f"{text}\n— {name} {signature}\n"}


print(json.dumps({"field": field(), "wrapped": wrapped(), "matter": matter(), "tokens": tokens(), "leaf": leaf(), "note": note()},
                 indent=1, ensure_ascii=False))
