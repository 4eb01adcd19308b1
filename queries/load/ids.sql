-- Which id may be meant by one that nobody has? What two systems write differently is left out: case, signs between the
-- letters and digits, zeros in front.

create macro core_of(id) as ltrim(regexp_replace(lower(id), '[^\p{L}\p{N}]', '', 'g'), '0');
