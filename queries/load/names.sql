-- When do two spellings name the same company or person? Used by mappings, to join by name where ids differ.

create macro spelt(name) as replace(replace(replace(strip_accents(translate(
    replace(replace(lower(trim(name::varchar)), 'ß', 'ss'), 'æ', 'ae'), 'łøđ', 'lod')),
    'ae', 'a'), 'oe', 'o'), 'ue', 'u');

-- as a name reads without case, accents (ü is ue is u, ß is ss), signs and legal form
create macro bare_name(name) as nullif(regexp_replace(regexp_replace(
    regexp_replace(concat(' ', regexp_replace(spelt(name), '[^\p{L}\p{N}@]+', ' ', 'g'), ' '),
        ' (gmbh|mbh|ag|se|kg|kgaa|ohg|ev|co|inc|incorporated|corp|corporation|ltd|limited|llc|plc|sa|s a|sas|sarl'
            || '|spa|s p a|srl|s r l|bv|b v|nv|n v|ab|oy|oyj|as|a s|sp z o o|spolka akcyjna|kft|zrt|sro|s r o)'
            || '( co| kg| kgaa)* *$', ' '),
    '^ the ', ''), ' ', '', 'g'), '');

create macro same_name(a, b) as bare_name(a) = bare_name(b);
