package explore

import (
	"encoding/json"
	"io"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// resultJSON is what --json prints.
type resultJSON struct {
	Exhaustive bool          `json:"exhaustive"`
	Executions int           `json:"executions"`
	Behaviours int           `json:"behaviours"`
	Seconds    float64       `json:"seconds"`
	Search     string        `json:"search"`
	Delivery   string        `json:"delivery"`
	Time       string        `json:"time"`
	BranchRand bool          `json:"branch_rand,omitempty"`
	Outcomes   []outcomeJSON `json:"outcomes"`
}

type outcomeJSON struct {
	Kind        string   `json:"kind"`
	Value       string   `json:"value"`
	Output      string   `json:"output"`
	Behaviours  int      `json:"behaviours"`
	Probability *float64 `json:"probability"` // null if it was not found out
	Witness     string   `json:"witness"`
	Reason      string   `json:"reason,omitempty"` // of a deadlock or a leak
}

func writeJSON(out io.Writer, r *explore.Result) error {
	j := resultJSON{Exhaustive: r.Exhaustive, Executions: r.Executions, Behaviours: r.Behaviours, Seconds: r.Took.Seconds(),
		Search: r.Search, Delivery: string(r.Delivery), Time: string(r.Timing), BranchRand: r.BranchRand, Outcomes: []outcomeJSON{}}
	for _, o := range r.Outcomes {
		x := outcomeJSON{Kind: string(o.Kind), Value: o.Value, Output: o.Output, Behaviours: o.Behaviours, Witness: o.Token, Reason: o.Reason}
		if o.Share.Known {
			x.Probability = &o.Share.P
		}
		j.Outcomes = append(j.Outcomes, x)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(j)
}
