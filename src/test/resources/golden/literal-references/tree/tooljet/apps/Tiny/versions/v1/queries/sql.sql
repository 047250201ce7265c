-- @{@}{components/text}
SELECT '@{@}{' || {{components.@{pages/Home/components/text}.text}}
	FROM x;

