defmodule String do
  @doc "The edits that turn one text into the other. String.myers_difference(\"abc\", \"adc\") #=> [eq: \"a\", del: \"b\", ins: \"d\", eq: \"c\"]"
  def myers_difference(string1, string2) do
    for {edit, parts} <- List.myers_difference(graphemes(string1), graphemes(string2)) do
      {edit, Enum.join(parts)}
    end
  end
end
