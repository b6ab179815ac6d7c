#!/usr/bin/env python3
"""A second verifier of Subrosa's evidence bundles, written from docs/formats/evidence.md and ledger.md alone.

    python3 verify.py BUNDLE.zip [VERIFIER-KEY]

Standard library only. Exit code 0: it holds; 1: it does not; 2: no such file. The Ed25519 is plain and slow: it handles
nothing secret, and checks three signatures.
"""
import base64, hashlib, json, struct, sys, zlib

CORE = ["evidence.json", "entries.jsonl", "proof", "checkpoint"]
MANIFEST, REPORT, PAGE, PAGE_NOTE = "manifest", "report.pdf", "verify.html", "verify.html.note"


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


def open_note(data, vkey):
    """The text of a c2sp.org/signed-note that this key signed."""
    name, key_id, encoded = vkey.split("+", 2)
    key = un64(encoded, 33)
    need(key[0] == 1 and key_id == sha(name.encode() + b"\n" + key)[:4].hex(), "a verifier key that is none")
    text, _, block = data.decode().rpartition("\n\n")
    need(block.endswith("\n"), "a note that is cut")
    found = False
    for line in block[:-1].split("\n"):
        dash, by, signature = (line.split(" ") + ["", ""])[:3]
        need(dash == "\u2014" and line.count(" ") == 2 and by and len(un64(signature)) >= 5, "a signature line that is none")
        if by == name and un64(signature)[:4].hex() == key_id:
            need(signed(key[1:], text.encode() + b"\n", un64(signature)[4:]), "a signature that does not verify")
            found = True
    need(found, "a note that the key did not sign")
    return text + "\n"


def read_zip(data):
    """The files of a stored zip; only the bytes that these files give are one."""
    files, local, central, at = [], b"", b"", 0
    while data[at : at + 4] == b"PK\3\4":
        size, name_size = struct.unpack_from("<I4xH", data, at + 18)
        start = at + 30 + name_size
        name, body = data[at + 30 : start], data[start : start + size]
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 0, 0, 0x21, zlib.crc32(body), size, size, name_size, 0)
        central += b"PK\1\2" + struct.pack("<H", 20) + common + bytes(10) + struct.pack("<I", len(local)) + name
        local += b"PK\3\4" + common + name + body
        files.append((name.decode(), body))
        at = start + size
    count = len(files)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), len(local), 0)
    need(local + central + end == data and len(dict(files)) == count, "the file was cut or changed")
    return dict(files)


def canonical(line):
    """JSON as RFC 8785 writes it; there are no fractions in these files."""
    def whole(text):
        raise Wrong("a number that is not whole")

    value = json.loads(line, parse_float=whole, parse_constant=whole)
    order = lambda v: {k: order(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))} if isinstance(v, dict) else [order(x) for x in v] if isinstance(v, list) else v
    need(json.dumps(order(value), ensure_ascii=False, separators=(",", ":")) == line, "JSON that is not canonical")
    return value


def check_list(text, form, names, files):
    listed = [f"{sha(files[name]).hex()} {len(files[name])} {name}" for name in names]
    need(text.split("\n") == [form, *listed, ""], "a file was changed after it was signed")


def read_entry(line):
    """Place, leaf hash, leaf and opened fields; the last two None where nothing is shown."""
    line = canonical(line)
    if "leaf" not in line:
        need(sorted(line) == ["hash", "n"], "a line that is none")
        return line["n"], un64(line["hash"], 32), None, {}
    leaf, opened = canonical(line["leaf"]), {}
    fields = [f for f in ("actor", "matter", "object", "details", "from", "ground") if f in leaf]
    need(sorted([*line["open"], *line["hidden"]]) == sorted(fields), "a field that is neither opened nor hidden")
    for field, part in line["open"].items():
        salt = un64(part["salt"], 16)
        made = sha(b"subrosa commitment v1\0", field.encode(), b"\0", salt, part["value"].encode())
        need(base64.b64encode(made).decode() == leaf[field], f"an opened {field} that was not written")
        opened[field] = part["value"]
    return leaf["n"], sha(b"\0", line["leaf"].encode()), leaf, opened


def root_of(entries, proof, start, end):
    """RFC 6962, 2.1, over the entries that are here and, from left to right, the roots of what is not."""
    if not entries:
        need(proof, "a proof that is too short")
        return proof.pop(0)
    if end - start == 1:
        return entries[0][1]
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    left = root_of([e for e in entries if e[0] < middle], proof, start, middle)
    return sha(b"\1", left, root_of([e for e in entries if e[0] >= middle], proof, middle, end))


def check_claim(claim, head, entries):
    since, until = head["period"]["from"], head["period"]["to"]
    if claim["kind"] == "absence":
        kind = "range" if claim["matter"] is None else "matter"
        base = [c for c in head["claims"] if c["kind"] == kind and c.get("matter") == claim["matter"]]
        need(base, "an absence without all that is there")
        for _, _, leaf, opened in chain(base[0], entries):
            inside = leaf and (since is None or leaf["numbered"] >= since) and (until is None or leaf["numbered"] <= until)
            need(leaf and not (inside and opened.get("actor") in (None, claim["person"])), "an entry by this person, or one not shown")
        return
    among, by_matter = chain(claim, entries), claim["kind"] == "matter"
    numbers = [e[2]["m"] if by_matter else e[0] for e in among]
    need(among and numbers == list(range(claim["first"], claim["last"] + 1)), "entries that are missing")
    first, last = among[0][2], among[-1][2]
    need(claim["first"] == by_matter or (since and first and first["numbered"] < since), "something before may be missing")
    making = last and last["deed"] == "evidence.made" and among[-1][3].get("object") == head["id"]
    need(last and ((making and until is None) or (until and last["numbered"] > until)), "something after may be missing")


def chain(claim, entries):
    if claim["kind"] == "matter":
        return [e for e in entries if e[2] and e[3].get("matter") == claim["matter"]]
    return [e for e in entries if claim["first"] <= e[0] <= claim["last"]]


def about(head, entry):
    kind, what = head["subject"]["kind"], head["subject"]["id"]
    _, _, leaf, opened = entry
    if kind == "period" or (leaf and leaf["deed"] == "evidence.made" and opened.get("object") == head["id"]):
        return True
    if kind == "client" and opened.get("matter") in [c["matter"] for c in head["claims"] if c["kind"] == "matter"]:
        return True
    fields = {"matter": ["matter"], "person": ["actor", "object"]}.get(kind, ["object"])
    return what in [opened.get(field) for field in fields]


def read_epochs(log):
    """The log's keys in order, each with the size after which it signs; each was vouched for by the one before it."""
    keys, link = [(-1, log["first"])], log["first"]
    for number, note in enumerate(log["epochs"], 1):
        text, _, block = note.rpartition("\n\n")
        one, (by, by_new, end) = text.split("\n"), block.split("\n")
        need(len(one) == 9 and end == "" and one[:3] == ["subrosa epoch v1", log["origin"], str(number)], "an epoch out of order")
        need(one[5].split("+")[0] == log["origin"] and int(one[3]) >= max(keys[-1][0], 0), "an epoch of another log")
        need(one[8] == base64.b64encode(sha(link.encode())).decode(), "an epoch that does not follow the one before it")
        for signature, vkey in (by, keys[-1][1]), (by_new, one[5]):
            open_note(f"{text}\n\n{signature}\n".encode(), vkey)
        keys, link = [*keys, (int(one[3]), one[5])], note
    return keys


def verify(data, key=None):
    """What the bundle says of itself and its entries, once all of it is found true. Raises Wrong."""
    files = read_zip(data)
    paged = [PAGE, PAGE_NOTE] if PAGE in files or PAGE_NOTE in files else []
    need(sorted(files) == sorted([MANIFEST, *CORE, REPORT, *paged]), "files that are missing or too many")
    text = files["evidence.json"].decode()
    head = canonical(text[:-1])
    need(text.endswith("\n") and head["format"] == "subrosa evidence v1", "a head of another format")
    keys, vkey = read_epochs(head["log"]), head["log"]["vkey"]
    need(keys[-1][1] == vkey, "signed with a key that is not the newest of its log")
    need(key is None or key in [one for _, one in keys], "signed with another key than the one you named")
    check_list(open_note(files[MANIFEST], vkey), "subrosa evidence v1", [*CORE, REPORT], files)
    if paged:
        check_list(open_note(files[PAGE_NOTE], vkey), "subrosa evidence page v1", [MANIFEST, PAGE], files)
    size = int(files["checkpoint"].split(b"\n")[1])
    vkey = [one for after, one in keys if after < max(size, 0)][-1]
    origin, said, root = open_note(files["checkpoint"], vkey).split("\n")[:3]
    need(origin == head["log"]["origin"] == vkey.split("+")[0] and said == str(size), "a checkpoint of another log")
    lines = files["entries.jsonl"].decode().split("\n")
    proof = [un64(line, 32) for line in files["proof"].decode().split("\n")[:-1]]
    entries = [read_entry(line) for line in lines[:-1]]
    places = [e[0] for e in entries] or [0]
    need(lines[-1] == "" and places == sorted(set(places)) and 0 <= places[0] <= places[-1] < int(size), "places out of order")
    need(root_of(entries, proof, 0, int(size)) == un64(root, 32) and not proof, "entries that are not in the tree")
    ids = [e[2]["id"] for e in entries if e[2]]
    need(len(ids) == len(set(ids)), "an entry that is there twice")
    for a, b in zip(entries, entries[1:]):
        if a[2] and b[2] and a[0] + 1 == b[0]:
            need(b[2]["numbered"] >= a[2]["numbered"] or b[2]["deed"] == "clock.confirmed", "a time that goes back")
    for place, part in head["origins"].items():
        made = sha(b"subrosa origin v1\0", un64(part["salt"], 16), part["json"].encode())
        need(base64.b64encode(made).decode() == place, "a place that is not the one that entries name")
    need(all(about(head, entry) for entry in entries), "an entry that is not of what this is about")
    for claim in head["claims"]:
        check_claim(claim, head, entries)
    return head, entries


if __name__ == "__main__":
    try:
        bundle = open(sys.argv[1], "rb").read()
    except (IndexError, OSError):
        sys.exit(print(__doc__) or 2)
    try:
        told, shown = verify(bundle, *sys.argv[2:3])
    except (Wrong, ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error) as wrong:
        sys.exit(print(f"Does not hold: {wrong or type(wrong).__name__}") or 1)
    print(f"Holds: {len(shown)} entries, claims: {', '.join(c['kind'] for c in told['claims']) or 'none'}.")
    if len(sys.argv) < 3:
        print(f"Signed with {told['log']['vkey']}: compare it with the key that you have from elsewhere.")
