/**
 * pdf.js looks for a page by reading every page before it, and all the kids of the top of the tree at once (Catalog.getPageDict);
 * in a tree that is one long array it so reads most of a file. Where a node says that it has as many pages as kids (/Count, ISO
 * 32000-1 7.7.3.2), the nth kid is the nth page: that one is read, and where it is no page the long way is gone as before.
 */
const BEFORE =
  'for (let last = kids.length - 1; last >= 0; last--) {\n        const lastKid = kids[last];\n        nodesToVisit.push(lastKid);'
const STEP = `if (kids.length === count && kids.every(kid => kid instanceof Ref)) {
        const kid = kids[pageIndex - currentPageIndex];
        const page = kid && !visitedNodes.has(kid) ? await (pageDictCache.get(kid) || xref.fetchAsync(kid)) : null;
        if (page instanceof Dict && isName(page.get("Type"), "Page") && !page.has("Kids")) {
          if (!pageIndexCache.has(kid)) {
            pageIndexCache.put(kid, pageIndex);
          }
          return [page, kid];
        }
      }
      `

/** pdf.js with that one step. A version of it that reads otherwise stops the build. */
export function patchedWorker(text: string): string {
  const parts = text.split(BEFORE)
  if (parts.length !== 2) throw new Error('pdf.js reads otherwise than when its worker was changed: look at Catalog.getPageDict again.')
  return parts.join(STEP + BEFORE)
}
