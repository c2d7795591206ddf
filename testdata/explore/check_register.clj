;; n processes each look a name up and, if it is free, register under it.
(defn check-register [n]
  (dotimes [_ n]
    (spawn (fn [] (when-not (whereis :leader) (register :leader (self)) (receive :never nil))))))
