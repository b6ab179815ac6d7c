/**
 * Letters that look like Latin letters or digits, each group behind what it looks like. From Unicode's confusables.txt 17.0.0 (2025-07-22;
 * Unicode License v3, UTS #39), cut down to what can mislead in an address: small letters of the Latin, Cyrillic, Greek and Armenian
 * scripts that UTS #46 leaves valid in a domain. A letter stands here where its prototype, taken apart and without its marks, is plain; or,
 * where it is not, the prototype of its capital, or of the capital of one with the same prototype (к and ĸ are no k there, but К is a K).
 */
const TABLE = `
 2 ƨƻᴤꝛꙅ|3 ȝɜʒᴈꝫзҙӡ|6 б|8 ȣ|9 ꝯ|a ɑаα|aa ꜳ|ae æӕ|ao ꜵ|au ꜷ|av ꜹꜻ|ay ꜽ|b ßƀƃƅɓʙꞵвьѣҍβ|bl ы|c ȼᴄсҫ|d ðđƌɖɗԁ|dz ʣ|
 e ɇɛꞓꬲеєҽҿԑε|f ƒᵮẝꞙꬵϝք|fn ʩ|g ƍǥɠɡɢᶃԍց|h ħɦʜⱨнћңһӈӊꚕհ|i ıɨɩɪᵻᵼіꙇιւ|j ɉʝјϳ|k ĸƙᴋⱪꝁкқҟκ|l łƚǀɫɭӏ|ll ǁ|lo ю|ls ʪ|lz ʫ|
 m ʍᴍмӎμϻ|n ŋƞɲɳᵰηղոռ|o øɵᴏᴑꝋꬽꬾоѳөθοσօ|oe œ|oo ꝏꚙ|p þƥƿᵽрρϸ|q ʠԛգզ|r ɍɼɽʀᵲꭇꭈгғᴦ|rn ɱᵯ|s ƽʂᵴꜱѕտ|t ŧƭʈᴛᵵⱦтҭτ|t3 ꜩ|tf ꝷ|ts ʦ|
 u ʉʋᴜᵾꞟꭎꭒџυս|ue ᵫ|uo ꭣ|v ᴠѵν|w ɯᴡꝡшѡѽԝա|x ꭓꭕхҳχ|y ƴɏɣʏᶌỿꭚуүұγ|z ƶȥʐᴢᵶζ`

/** From a letter to the plain ones that it looks like. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  TABLE.split('|').flatMap((group) => {
    const [plain, letters] = group.trim().split(' ') as [string, string]
    return [...letters].map((letter) => [letter, plain] as const)
  }),
)
