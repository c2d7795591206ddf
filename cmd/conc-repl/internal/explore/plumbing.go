package explore

import (
	"regexp"
	"strings"
	"sync"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// OTP's calls are several operations each: a monitor, a request that names an
// alias, a reply to the alias, a demonitor. To people they are told as calls and replies.

// folds are what operations of OTP are told as, in the notations of either language.
var folds = []struct {
	shape func() *regexp.Regexp
	words string
	goes  bool // without saying, in a run of many steps
}{
	{shape(`(Process\.)?(de)?monitor([ (].*)?`), "", true},
	{shape(`(process-info |Process\.info\().*`), "", true},
	{shape(`(send|receive) [{\[]:begin.*`), "", true},
	{shape(`send [{\[]:"?\$gen_call"?,? [{\[]\S+ \[:alias \| ref\d+\][}\]],? (.*)[}\]] to (\S+)`), "call $1 of $2", false},
	{shape(`receive [{\[]:"?\$gen_call"?,? [{\[](\S+?),? \[:alias \| ref\d+\][}\]],? (.*)[}\]]`), "take the call $2 from $1", true},
	{shape(`send [{\[]\[:alias \| (ref\d+)\],? (.*)[}\]] to ref\d+`), "reply $2 ($1)", false},
	{shape(`receive [{\[]\[:alias \| ref\d+\],? (.*)[}\]]`), "get the reply $1", true},
	{shape(`send [{\[]:"?\$gen_cast"?,? (.*)[}\]] to (\S+)`), "cast $1 to $2", false},
	{shape(`receive [{\[]:"?\$gen_cast"?,? (.*)[}\]]`), "take the cast $1", false},
	{shape(`send [{\[]ref\d+,? [{\[]:ok,? p\d+[}\]][}\]] to \S+`), "tell that it has started", true},
	{shape(`send [{\[]ref\d+,? (.*)[}\]] to ref\d+`), "give the result $1", true},
	{shape(`receive [{\[]ref\d+,? (.*)[}\]]`), "get the result $1", true},
}

// shape gives a regular expression of a whole text. It is compiled when it is first
// used: few sessions explore, and all have to start.
func shape(s string) func() *regexp.Regexp { return pattern("^" + s + "$") }

func pattern(s string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })
}

// request finds the reference of a call, and receipt of a reply.
var (
	request = pattern(`:"?\$gen_call"?,? [{\[](\S+?),? \[:alias \| (ref\d+)\]`)
	receipt = pattern(` \((ref\d+)\)$`)
)

// fold tells the operations of OTP's calls as calls and replies.
func fold(lines []explore.Line) []explore.Line {
	var out []explore.Line
	callers := map[string]string{}
	for _, l := range lines {
		if m := request().FindStringSubmatch(l.What); m != nil {
			callers[m[2]] = m[1]
		}
		l, goes := asCall(l)
		if goes {
			continue
		}
		if m := receipt().FindStringSubmatch(l.What); m != nil && callers[m[1]] != "" {
			l.What = strings.TrimSuffix(l.What, m[0]) + " to " + callers[m[1]]
		}
		out = append(out, l)
	}
	return out
}

// folded tells one operation; what only prepares a call says nothing.
func folded(l explore.Line) explore.Line {
	l, _ = asCall(l)
	return l
}

func asCall(l explore.Line) (told explore.Line, goes bool) {
	for _, f := range folds {
		if f.shape().MatchString(l.What) {
			l.What = f.shape().ReplaceAllString(l.What, f.words)
			return l, f.goes
		}
	}
	return l, false
}
