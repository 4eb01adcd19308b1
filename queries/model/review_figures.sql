-- What had each account earned in the twelve months before the review?

-- the last month that was full at the review, and booked in the file; what moved since is measured from there
create view review_month as
select least(last_full_month(since), last_month) as review_month from context;

create table year_figures_before as
from figures_between(
    (select months_later(review_month, -11) from review_month), (select last_day(review_month) from review_month));
comment on table year_figures_before is 'figures of the twelve months before the review';
