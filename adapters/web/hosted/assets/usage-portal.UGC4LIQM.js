import{c as a}from"./chunk.RIXGCXKF.js";import"./chunk.XHGOGGXM.js";import"./chunk.U2GVO7R4.js";export{a as UsagePortalElement};
