defmodule :proc_lib do
  @moduledoc "Erlang's starting of processes that belong to a tree of supervisors."

  @doc "Starts a process."
  def spawn(fun), do: Kernel.spawn(fun)
  def spawn(module, function, args), do: Kernel.spawn(module, function, args)

  @doc "Starts a linked process."
  def spawn_link(fun), do: Kernel.spawn_link(fun)
  def spawn_link(module, function, args), do: Kernel.spawn_link(module, function, args)

  @doc "Starts a linked process, and waits until it calls init_ack."
  def start_link(module, function, args) do
    starter = self()

    pid =
      Kernel.spawn_link(fn ->
        Process.put(:"$ancestors", [starter])
        apply(module, function, args)
      end)

    receive do
      {:ack, ^pid, answer} -> answer
      {:EXIT, ^pid, reason} -> {:error, reason}
    end
  end

  @doc "Tells the process that started this one what start_link is to give."
  def init_ack(answer), do: init_ack(hd(Process.get(:"$ancestors")), answer)

  def init_ack(starter, answer) do
    send(starter, {:ack, self(), answer})
    :ok
  end

  @doc "Forgets what the process was doing until there is a message."
  def hibernate(module, function, args), do: :erlang.hibernate(module, function, args)
end
