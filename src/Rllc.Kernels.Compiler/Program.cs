using Rllc.Kernels.Compiler;

var parsed = new CompileCommand().Parse(args);
if (parsed.Errors.Count == 0)
    return parsed.Invoke();
foreach (var error in parsed.Errors)
    BuildMessage.Error("Rllc.Kernels.Compiler", error.Message).WriteTo(Console.Error);
return 1;
