-- Which word means a kind of activity without doubt, however it is written?
select word_of(kind) as word, any_value(kind) as kind
from facts.activity_kind
group by word
having count(*) = 1;
