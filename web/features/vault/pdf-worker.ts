// the thread in which pdf.js reads a file; see web/flat-pages.ts for what is changed in it
import 'pdfjs-dist/build/pdf.worker.mjs'
