package kernel

import "github.com/conc-repl/conc-repl/lang"

// sigilNatives are what sigils compile to: each gets the text and the letters
// behind it.
func sigilNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "conc.elixir/sigil_regex", Min: 2, Max: 2, Args: "source, modifiers", Pure: two(func(source, mods lang.Value) lang.Value {
			s, _ := source.AsString()
			re, err := lang.NewRegexOpts(s, chardata(mods))
			if err != nil {
				Raise("Regex.CompileError", err.Error())
			}
			return lang.Obj(re)
		}), Doc: "The regex of ~r."},
		{Name: "conc.elixir/sigil_date", Min: 2, Max: 2, Args: "text, modifiers", Pure: sigilOf(dateKind), Doc: "The date of ~D."},
		{Name: "conc.elixir/sigil_time", Min: 2, Max: 2, Args: "text, modifiers", Pure: sigilOf(timeKind), Doc: "The time of ~T."},
		{Name: "conc.elixir/sigil_naive", Min: 2, Max: 2, Args: "text, modifiers", Pure: sigilOf(naiveKind), Doc: "The date and time of ~N."},
		{Name: "conc.elixir/sigil_utc", Min: 2, Max: 2, Args: "text, modifiers", Pure: sigilOf(utcKind), Doc: "The date and time of ~U."},
	}
}

func sigilOf(k kindOf) pure {
	return func(args []lang.Value) lang.Value {
		m, problem := k.read(chardata(args[0]))
		if problem != "" {
			argumentError("cannot parse " + inspectPlain(nil, args[0]) + " as " + k.name + " for calendar Calendar.ISO, reason: :" + problem)
		}
		return k.make(m)
	}
}
