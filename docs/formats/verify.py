#!/usr/bin/env python3
"""A second verifier of Subrosa's evidence bundles, written from docs/formats/evidence.md and ledger.md alone.

    python3 verify.py BUNDLE.zip [KEY ...]

KEY: the firm's verifier key, or a witness's, that you have from elsewhere. Keep ed25519.py beside it; else the standard
library only. Exit code 0: it holds; 1: it does not; 2: no such file.
"""
import base64, datetime, json, struct, sys, zlib

from ed25519 import LOG, WITNESS, Wrong, cosigned, kind_of, need, open_note, sha, un64

CORE = ["evidence.json", "entries.jsonl", "proof", "checkpoint"]
MANIFEST, REPORT, PAGE, PAGE_NOTE = "manifest", "report.pdf", "verify.html", "verify.html.note"


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
    """Place, leaf hash, leaf (None where nothing is shown), opened fields, and why the others are hidden."""
    line = canonical(line)
    if "leaf" not in line:
        need(sorted(line) == ["hash", "n"], "a line that is none")
        return line["n"], un64(line["hash"], 32), None, {}, {}
    leaf, opened = canonical(line["leaf"]), {}
    fields = [f for f in ("actor", "matter", "object", "details", "from", "ground") if f in leaf]
    need(sorted([*line["open"], *line["hidden"]]) == sorted(fields), "a field that is neither opened nor hidden")
    for field, part in line["open"].items():
        salt = un64(part["salt"], 16)
        made = sha(b"subrosa commitment v1\0", field.encode(), b"\0", salt, part["value"].encode())
        need(base64.b64encode(made).decode() == leaf[field], f"an opened {field} that was not written")
        opened[field] = part["value"]
    return leaf["n"], sha(b"\0", line["leaf"].encode()), leaf, opened, line["hidden"]


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
        for _, _, leaf, opened, _ in chain(base[0], entries):
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
    _, _, leaf, opened, _ = entry
    if kind == "period" or (leaf and leaf["deed"] == "evidence.made" and opened.get("object") == head["id"]):
        return True
    if kind == "client" and opened.get("matter") in [c["matter"] for c in head["claims"] if c["kind"] == "matter"]:
        return True
    fields = {"matter": ["matter"], "person": ["actor", "object"]}.get(kind, ["object"])
    return what in [opened.get(field) for field in fields]


def read_epochs(log):
    """The log's keys in order, each with the size after which it signs; each was vouched for by the one before it."""
    keys, link = [(-1, log["first"])], log["first"]
    need(log["first"].split("+")[0] == log["origin"], "a first key of another log")
    for number, note in enumerate(log["epochs"], 1):
        text, _, block = note.rpartition("\n\n")
        one, (by, by_new, end) = text.split("\n"), block.split("\n")
        need(len(one) == 9 and "" not in one and one[:3] == ["subrosa epoch v1", log["origin"], str(number)], "an epoch out of order")
        size, vkey = int(one[3]), one[5]
        need(str(size) == one[3] and size >= max(keys[-1][0], 0) and un64(one[4], 32), "an epoch that begins before the one before it")
        need(vkey.split("+")[0] == log["origin"] and vkey != keys[-1][1] and end == "", "an epoch of another log")
        need(one[8] == base64.b64encode(sha(link.encode())).decode(), "an epoch that does not follow the one before it")
        for signature, signer in (by, keys[-1][1]), (by_new, vkey):
            open_note(f"{text}\n\n{signature}\n".encode(), signer)
        keys, link = [*keys, (size, vkey)], note
    return keys


def verify(data, known=()):
    """The bundle's head, its entries and when each witness cosigned, once all of it is found true. Raises Wrong.

    known: verifier keys from elsewhere, of the firm and of witnesses who must have cosigned."""
    files = read_zip(data)
    paged = [PAGE, PAGE_NOTE] if PAGE in files or PAGE_NOTE in files else []
    need(sorted(files) == sorted([MANIFEST, *CORE, REPORT, *paged]), "files that are missing or too many")
    text = files["evidence.json"].decode()
    head = canonical(text[:-1])
    need(text.endswith("\n") and head["format"] == "subrosa evidence v1", "a head of another format")
    keys, vkey = read_epochs(head["log"]), head["log"]["vkey"]
    need(keys[-1][1] == vkey, "signed with a key that is not the newest of its log")
    named = [key for key in known if kind_of(key) == LOG]
    need(not named or any(key in named for _, key in keys), "signed with another key than the one you named")
    check_list(open_note(files[MANIFEST], vkey), "subrosa evidence v1", [*CORE, REPORT], files)
    if paged:
        check_list(open_note(files[PAGE_NOTE], vkey), "subrosa evidence page v1", [MANIFEST, PAGE], files)
    size, root, witnesses = check_checkpoint(files["checkpoint"], head, keys, known)
    proof = [un64(line, 32) for line in files["proof"].decode().split("\n")[:-1]]
    lines = files["entries.jsonl"].decode().split("\n")
    entries = [read_entry(line) for line in lines[:-1]]
    places = [e[0] for e in entries] or [0]
    need(lines[-1] == "" and places == sorted(set(places)) and 0 <= places[0] <= places[-1] < size, "places out of order")
    need(root_of(entries, proof, 0, size) == root and not proof, "entries that are not in the tree")
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
    return head, entries, witnesses


def check_checkpoint(note, head, keys, known):
    """Its size and root, signed by the key of its epoch, and when each witness whom the bundle or the reader names cosigned."""
    size = int(note.split(b"\n")[1])
    vkey = [key for after, key in keys if after < max(size, 0)][-1]
    origin, said, root = open_note(note, vkey).split("\n")[:3]
    need(origin == head["log"]["origin"] == vkey.split("+")[0] and said == str(size), "a checkpoint of another log")
    witnesses = [*head["witnesses"], *(key for key in known if kind_of(key) == WITNESS)]
    return size, un64(root, 32), {key.split("+")[0]: cosigned(note, key) for key in witnesses}


def words(head, entries, witnesses, known):
    """What was found true, in lines for people."""
    yield f"Holds: {len(entries)} entries, claims: {', '.join(c['kind'] for c in head['claims']) or 'none'}."
    for name, seconds in witnesses.items():
        yield f"Cosigned by {name} at {datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}."
    for end in head["destroyed"]:
        yield f"The matter {head['names'].get(end['matter'], end['matter'])} was destroyed on {end['at'][:10]}, by the firm's word."
    if gone := sum(e[4].get("details") == "destroyed" for e in entries):
        yield f"Details destroyed, which open no more: of {gone} entries."
    if head["log"]["vkey"] not in known:
        yield f"Signed with {head['log']['vkey']}: " + (
            "an earlier key of it is the one that you named." if any(kind_of(key) == LOG for key in known) else
            "compare it with the key that you have from elsewhere."
        )


if __name__ == "__main__":
    try:
        bundle, keys_known = open(sys.argv[1], "rb").read(), sys.argv[2:]
    except (IndexError, OSError):
        sys.exit(print(__doc__) or 2)
    try:
        said = list(words(*verify(bundle, keys_known), keys_known))
    except (Wrong, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, struct.error) as wrong:
        sys.exit(print(f"Does not hold: {wrong or type(wrong).__name__}") or 1)
    for line in said:
        print("".join(c if c.isprintable() else "?" for c in line))
