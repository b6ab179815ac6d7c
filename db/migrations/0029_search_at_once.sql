-- What comes in goes into the indexes of tokens at once. A list of what is still to go in would be read through by every look-up, and a
-- search makes one for each matter within reach.
alter index app.terms_tokens set (fastupdate = off);
alter index app.matter_terms_tokens set (fastupdate = off);
