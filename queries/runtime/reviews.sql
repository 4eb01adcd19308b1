select name, held_on from review_point, context where held_on < as_of order by held_on desc, name;
