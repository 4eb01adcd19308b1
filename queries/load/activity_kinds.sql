-- Which kinds of activity does the file know: the shipped ones, overridden and added to by the rows of the source?
-- An empty cell of a row keeps the default; a kind that is not shipped counts as a touch unless its row says no.

create table staged.merged_kind as
select
    coalesce(o.kind, d.kind) as kind, coalesce(o.label, d.label, replace(o.kind, '_', ' ')) as label,
    coalesce(o.side, d.side) as side, coalesce(o.touch, d.touch, true) as touch,
    coalesce(o.mechanism, d.mechanism) as mechanism, o.source_row
from facts.activity_kind o full join default_activity_kind d on d.kind = o.kind;

create or replace view facts.activity_kind as from staged.merged_kind;
