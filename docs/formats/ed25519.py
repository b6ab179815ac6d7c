"""Ed25519 and signed notes, as verify.py needs them: docs/formats/ledger.md, "Checkpoint" and "Witnesses".

Standard library only. The Ed25519 is plain and slow: it handles nothing secret, and checks a few signatures.
"""
import base64, hashlib

LOG, WITNESS = 1, 4  # the kinds of verifier key


class Wrong(Exception):
    pass


def need(true, what):
    if not true:
        raise Wrong(what)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def un64(text, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong("base64 that is none")
    need(base64.b64encode(data).decode() == text and length in (None, len(data)), "base64 of another form")
    return data


# Ed25519 (RFC 8032, 5.1) over edwards25519, in extended coordinates
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    need(y < P, "a point that is none")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need((x * x - x2) % P == 0 and not (x == 0 and sign), "a point that is none")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(k, a):
    out = (0, 1, 1, 0)
    while k:
        out, a, k = add(out, a) if k & 1 else out, add(a, a), k >> 1
    return out


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, text, signature):
    s = int.from_bytes(signature[32:], "little")
    need(len(signature) == 64 and s < L, "a signature that is none")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    a, b = times(s, BASE), add(point(signature[:32]), times(k, point(public)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def read_key(vkey, kind):
    """Name, key id and public key of a verifier key of this kind."""
    parts = vkey.split("+", 2)
    need(len(parts) == 3, "a verifier key that is none")
    name, key_id, key = *parts[:2], un64(parts[2], 33)
    need(key[0] == kind and key_id == sha(name.encode() + b"\n" + key)[:4].hex(), "a verifier key that is none")
    return name, key_id, key[1:]


def kind_of(vkey):
    need(vkey.count("+") >= 2, "a verifier key that is none")
    return un64(vkey.split("+", 2)[2], 33)[0]


def split_note(data):
    """The text of a c2sp.org/signed-note, and of each signature line the name, the key id and what follows; none is checked."""
    text, _, block = data.decode().rpartition("\n\n")
    need(block.endswith("\n"), "a note that is cut")
    lines = []
    for line in block[:-1].split("\n"):
        dash, by, signature = (line.split(" ") + ["", ""])[:3]
        need(dash == "\u2014" and line.count(" ") == 2 and by and len(un64(signature)) >= 5, "a signature line that is none")
        lines.append((by, un64(signature)[:4].hex(), un64(signature)[4:]))
    return text + "\n", lines


def open_note(data, vkey):
    """The text of a note that this key of a log signed."""
    name, key_id, key = read_key(vkey, LOG)
    text, lines = split_note(data)
    own = [signature for by, its_id, signature in lines if (by, its_id) == (name, key_id)]
    need(own, "a note that the key did not sign")
    need(all(signed(key, text.encode(), signature) for signature in own), "a signature that does not verify")
    return text


def cosigned(data, vkey):
    """When this witness cosigned the note (c2sp.org/tlog-cosignature, cosignature/v1), in seconds since 1970."""
    name, key_id, key = read_key(vkey, WITNESS)
    text, lines = split_note(data)
    seconds = None
    for signature in [signature for by, its_id, signature in lines if (by, its_id) == (name, key_id)]:
        seconds = int.from_bytes(signature[:8], "big")
        need(len(signature) == 72 and seconds < 2**53, "a cosignature that is none")
        message = f"cosignature/v1\ntime {seconds}\n{text}"
        need(signed(key, message.encode(), signature[8:]), f"a cosignature of {name} that does not verify")
    need(seconds is not None, f"the witness {name} has not cosigned it")
    return seconds
