import { crc32, deflateRawSync } from 'node:zlib'

/** `isStored`: as it is, not packed. */
export type Member = { path: string; bytes: Buffer; isStored: boolean }

/** 1 January 1980, 0:00, the first moment that the format knows: an archive that leaves says no time (APPNOTE.TXT 4.4.6). */
const NO_DAY = 0x0021
const UTF_8 = 0x0800

/** An archive of these, in their order, with no comment, no extra field and no time. Up to 65,534 members and 4 GiB. */
export function zipOf(members: Member[]): Buffer {
  const bodies: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const { path, bytes, isStored } of members) {
    const name = Buffer.from(path)
    const packed = isStored ? bytes : deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(isStored ? 10 : 20, 0)
    fields.writeUInt16LE(/^[\x20-\x7e]*$/.test(path) ? 0 : UTF_8, 2)
    fields.writeUInt16LE(isStored ? 0 : 8, 4)
    fields.writeUInt16LE(NO_DAY, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    bodies.push(Buffer.from('PK\x03\x04'), fields, name, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    // made by a program of version 2.0, for no system in particular
    table.push(Buffer.from('PK\x01\x02\x14\x00'), fields, rest, name)
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(table)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, directory, end])
}
