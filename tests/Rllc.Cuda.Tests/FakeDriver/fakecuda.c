// A recording CUDA driver for tests: a small implementation of the functions that Rllc.Cuda calls, on the host's memory.
//
// It is as asynchronous as can be: copies, launches and event records are queued, and run only when somebody waits for them.
// It checks what the real driver takes on trust (memory that is freed while a queued copy needs it, objects that outlive
// their context) and counts such faults. Tests script it through the fake_* functions at the end.

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define API __attribute__((visibility("default")))

typedef int CUresult;

enum {
    SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101,
    INVALID_IMAGE = 200, INVALID_CONTEXT = 201, NO_BINARY_FOR_GPU = 209, INVALID_PTX = 218, INVALID_HANDLE = 400, NOT_FOUND = 500,
};

static const struct { CUresult result; const char *name, *text; } results[] = {
    {SUCCESS, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {NO_BINARY_FOR_GPU, "CUDA_ERROR_NO_BINARY_FOR_GPU", "no kernel image is available for execution on the device"},
    {INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {719, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "system has unsupported display driver / cuda driver combination"},
};

// ---- State ------------------------------------------------------------------------------------------------------------

enum { DEVICES = 8, KERNEL_PARAMETERS = 16, STACK = 64 };

typedef enum { MEMORY, PINNED, MODULE, FUNCTION, EVENT, LINK, KINDS } Kind;

static const char *const kind_names[KINDS] = {"memory", "pinned", "module", "function", "event", "link"};

typedef struct Object {
    struct Object *next;
    Kind kind;
    int device;                             // whose context it lives in
    char *address;                          // memory, pinned
    size_t size;
    char *text;                             // module, link: the PTX
    char *cubin;                            // link
    char *name;                             // function
    int count;                              // function: parameters,
    size_t sizes[KERNEL_PARAMETERS];        // and their bytes
    struct Object *module;                  // function
    long recorded;                          // event: the operation that it was recorded behind, 0 for never
} Object;

typedef struct Operation {
    struct Operation *next;
    long number;
    char *destination, *source;             // copy; source 0: set to `value`
    size_t size;
    unsigned char value;
    Object *function;                       // launch
    void *arguments[KERNEL_PARAMETERS];
} Operation;

typedef struct { int references; } Context;

typedef void (*Kernel)(const char *name, void **arguments);

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static Context contexts[DEVICES];
static bool initialized;
static int device_count, driver_version, capability_major, capability_minor;
static Object *objects;
static Operation *first, **last = &first;
static long queued;
static Kernel kernel;

static __thread Context *stack[STACK];
static __thread int depth;

static char *text_log;
static size_t log_size, log_capacity;
static char fault_text[256];

static struct { char name[48]; int countdown; CUresult result; } scripted;

static void fault(const char *text) {
    if (!fault_text[0])
        snprintf(fault_text, sizeof fault_text, "%s", text);
}

static void append(const char *format, ...) {
    char piece[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    size_t size = strlen(piece);
    if (log_size + size + 1 > log_capacity)
        text_log = realloc(text_log, log_capacity = 2 * (log_size + size + 1));
    memcpy(text_log + log_size, piece, size + 1);
    log_size += size;
}

// Logs a call and says whether the test wants it to fail.
static CUresult enter(const char *name, const char *format, ...) {
    char arguments[4000];
    va_list list;
    va_start(list, format);
    vsnprintf(arguments, sizeof arguments, format, list);
    va_end(list);
    pthread_mutex_lock(&gate);
    append("%s(%s)\n", name, arguments);
    if (strcmp(scripted.name, name) == 0 && --scripted.countdown == 0)
        return scripted.result;
    return SUCCESS;
}

static CUresult leave(CUresult result) {
    pthread_mutex_unlock(&gate);
    return result;
}

#define ENTER(...)                                                  \
    do {                                                            \
        CUresult wanted = enter(__func__, __VA_ARGS__);             \
        if (wanted != SUCCESS)                                      \
            return leave(wanted);                                   \
    } while (0)

#define REQUIRE(condition, result)                                  \
    do {                                                            \
        if (!(condition))                                           \
            return leave(result);                                   \
    } while (0)

static bool is_current(void) { return depth > 0 && stack[depth - 1]->references > 0; }

static int current_device(void) { return (int)(stack[depth - 1] - contexts); }

static Object *create(Kind kind) {
    Object *object = calloc(1, sizeof *object);
    object->kind = kind;
    object->device = current_device();
    object->next = objects;
    return objects = object;
}

static Object *find(const void *handle, Kind kind) {
    for (Object *object = objects; object; object = object->next)
        if (object == handle && object->kind == kind && object->device == current_device())
            return object;
    return NULL;
}

static Object *find_address(const void *address, size_t size, Kind kind) {
    for (Object *object = objects; object; object = object->next)
        if (object->kind == kind && (const char *)address >= object->address && (const char *)address + size <= object->address + object->size)
            return object;
    return NULL;
}

static void destroy(Object *object) {
    Object **link = &objects;
    while (*link != object)
        link = &(*link)->next;
    *link = object->next;
    free(object->address);
    free(object->text);
    free(object->cubin);
    free(object->name);
    free(object);
}

// ---- Queue ------------------------------------------------------------------------------------------------------------

static Operation *queue(void) {
    Operation *operation = calloc(1, sizeof *operation);
    operation->number = ++queued;
    *last = operation;
    last = &operation->next;
    return operation;
}

static void dispose(Operation *operation, int parameters) {
    for (int i = 0; i < parameters; i++)
        free(operation->arguments[i]);
    free(operation);
}

static void run(Operation *operation) {
    if (operation->function) {
        if (kernel)
            kernel(operation->function->name, operation->arguments);
        dispose(operation, operation->function->count);
        return;
    }
    if (operation->source)
        memcpy(operation->destination, operation->source, operation->size);
    else if (operation->destination)
        memset(operation->destination, operation->value, operation->size);
    dispose(operation, 0);
}

static void run_until(long number) {
    while (first && first->number <= number) {
        Operation *operation = first;
        first = operation->next;
        if (!first)
            last = &first;
        run(operation);
    }
}

static bool is_queued(const Object *object) {
    const char *end = object->address + object->size;
    for (Operation *operation = first; operation; operation = operation->next)
        if ((operation->source >= object->address && operation->source < end) || (operation->destination >= object->address && operation->destination < end))
            return true;
    return false;
}

// ---- Start and devices ------------------------------------------------------------------------------------------------

API CUresult cuInit(unsigned flags) {
    ENTER("%u", flags);
    REQUIRE(flags == 0, INVALID_VALUE);
    REQUIRE(device_count > 0, NO_DEVICE);
    initialized = true;
    return leave(SUCCESS);
}

API CUresult cuDriverGetVersion(int *version) {
    ENTER("");
    *version = driver_version;
    return leave(SUCCESS);
}

API CUresult cuGetErrorName(CUresult error, const char **name) {
    ENTER("%d", error);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (results[i].result == error) {
            *name = results[i].name;
            return leave(SUCCESS);
        }
    return leave(INVALID_VALUE);
}

API CUresult cuGetErrorString(CUresult error, const char **text) {
    ENTER("%d", error);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (results[i].result == error) {
            *text = results[i].text;
            return leave(SUCCESS);
        }
    return leave(INVALID_VALUE);
}

API CUresult cuDeviceGetCount(int *count) {
    ENTER("");
    REQUIRE(initialized, NOT_INITIALIZED);
    *count = device_count;
    return leave(SUCCESS);
}

API CUresult cuDeviceGet(int *device, int ordinal) {
    ENTER("%d", ordinal);
    REQUIRE(initialized, NOT_INITIALIZED);
    REQUIRE(ordinal >= 0 && ordinal < device_count, INVALID_DEVICE);
    *device = ordinal;
    return leave(SUCCESS);
}

API CUresult cuDeviceGetName(char *name, int size, int device) {
    ENTER("%d", device);
    REQUIRE(initialized, NOT_INITIALIZED);
    snprintf(name, size, "Recording device %d", device);
    return leave(SUCCESS);
}

API CUresult cuDeviceGetAttribute(int *value, int attribute, int device) {
    ENTER("%d, %d", attribute, device);
    REQUIRE(initialized, NOT_INITIALIZED);
    switch (attribute) {
    case 16: *value = 4; break;
    case 75: *value = capability_major; break;
    case 76: *value = capability_minor; break;
    default: return leave(INVALID_VALUE);
    }
    return leave(SUCCESS);
}

API CUresult cuDevicePrimaryCtxRetain(Context **context, int device) {
    ENTER("%d", device);
    REQUIRE(initialized, NOT_INITIALIZED);
    REQUIRE(device >= 0 && device < device_count, INVALID_DEVICE);
    contexts[device].references++;
    *context = &contexts[device];
    return leave(SUCCESS);
}

API CUresult cuDevicePrimaryCtxRelease_v2(int device) {
    ENTER("%d", device);
    REQUIRE(contexts[device].references > 0, INVALID_CONTEXT);
    if (--contexts[device].references == 0)
        for (Object *object = objects; object; object = object->next)
            if (object->device == device && object->kind != FUNCTION)
                fault("The last reference to a context was released before its objects.");
    return leave(SUCCESS);
}

API CUresult cuCtxPushCurrent_v2(Context *context) {
    ENTER("%d", (int)(context - contexts));
    REQUIRE(context >= contexts && context < contexts + DEVICES && context->references > 0, INVALID_CONTEXT);
    stack[depth++] = context;
    return leave(SUCCESS);
}

API CUresult cuCtxPopCurrent_v2(Context **context) {
    ENTER("");
    REQUIRE(depth > 0, INVALID_CONTEXT);
    *context = stack[--depth];
    return leave(SUCCESS);
}

// ---- Streams and events -----------------------------------------------------------------------------------------------

API CUresult cuCtxSynchronize(void) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    run_until(queued);
    return leave(SUCCESS);
}

API CUresult cuStreamSynchronize(intptr_t stream) {
    ENTER("%ld", (long)stream);
    REQUIRE(is_current(), INVALID_CONTEXT);
    run_until(queued);
    return leave(SUCCESS);
}

API CUresult cuEventCreate(Object **event, unsigned flags) {
    ENTER("%u", flags);
    REQUIRE(is_current(), INVALID_CONTEXT);
    *event = create(EVENT);
    return leave(SUCCESS);
}

API CUresult cuEventRecord(Object *event, intptr_t stream) {
    ENTER("%ld", (long)stream);
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(event, EVENT), INVALID_HANDLE);
    event->recorded = queued;
    return leave(SUCCESS);
}

API CUresult cuEventSynchronize(Object *event) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(event, EVENT), INVALID_HANDLE);
    run_until(event->recorded);
    return leave(SUCCESS);
}

API CUresult cuEventDestroy_v2(Object *event) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(event, EVENT), INVALID_HANDLE);
    destroy(event);
    return leave(SUCCESS);
}

// ---- Memory -----------------------------------------------------------------------------------------------------------

static CUresult allocate(void **address, size_t size, Kind kind) {
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(size > 0, INVALID_VALUE);
    REQUIRE(size < (size_t)1 << 40, OUT_OF_MEMORY);
    Object *object = create(kind);
    object->size = size;
    object->address = aligned_alloc(256, (size + 255) / 256 * 256);
    memset(object->address, 0xA5, size);        // undefined at first, and not by chance 0
    *address = object->address;
    return leave(SUCCESS);
}

API CUresult cuMemAlloc_v2(void **address, size_t size) {
    ENTER("%zu", size);
    return allocate(address, size, MEMORY);
}

API CUresult cuMemHostAlloc(void **address, size_t size, unsigned flags) {
    ENTER("%zu, %u", size, flags);
    return allocate(address, size, PINNED);
}

API CUresult cuMemFree_v2(void *address) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    Object *object = find_address(address, 1, MEMORY);
    REQUIRE(object && object->address == address && object->device == current_device(), INVALID_VALUE);
    run_until(queued);
    destroy(object);
    return leave(SUCCESS);
}

API CUresult cuMemFreeHost(void *address) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    Object *object = find_address(address, 1, PINNED);
    REQUIRE(object && object->address == address, INVALID_VALUE);
    if (is_queued(object))
        fault("Pinned memory was freed while a copy was under way.");
    run_until(queued);
    destroy(object);
    return leave(SUCCESS);
}

// How far behind the start of its memory an address lies, for the log.
static size_t offset(const char *address) {
    pthread_mutex_lock(&gate);
    const Object *object = find_address(address, 0, MEMORY);
    size_t result = object ? (size_t)(address - object->address) : 0;
    pthread_mutex_unlock(&gate);
    return result;
}

static CUresult copy(void *destination, Kind to, void *source, Kind from, size_t size) {
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find_address(destination, size, to) && find_address(source, size, from), INVALID_VALUE);
    Operation *operation = queue();
    operation->destination = destination;
    operation->source = source;
    operation->size = size;
    return leave(SUCCESS);
}

API CUresult cuMemcpyHtoDAsync_v2(void *destination, void *source, size_t size, intptr_t stream) {
    ENTER("+%zu, %zu, %ld", offset(destination), size, (long)stream);
    return copy(destination, MEMORY, source, PINNED, size);
}

API CUresult cuMemcpyDtoHAsync_v2(void *destination, void *source, size_t size, intptr_t stream) {
    ENTER("%zu, %ld", size, (long)stream);
    return copy(destination, PINNED, source, MEMORY, size);
}

API CUresult cuMemcpyDtoDAsync_v2(void *destination, void *source, size_t size, intptr_t stream) {
    ENTER("%zu, %ld", size, (long)stream);
    return copy(destination, MEMORY, source, MEMORY, size);
}

API CUresult cuMemsetD8Async(void *address, unsigned char value, size_t size, intptr_t stream) {
    ENTER("%u, %zu, %ld", value, size, (long)stream);
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find_address(address, size, MEMORY), INVALID_VALUE);
    Operation *operation = queue();
    operation->destination = address;
    operation->value = value;
    operation->size = size;
    return leave(SUCCESS);
}

// ---- Modules and kernels ----------------------------------------------------------------------------------------------

static const char *const damage = "this is no PTX";

// The compiler's view of a text: an error in a line, written to the buffer of the option; no other fault is looked for.
static CUresult compile(const char *ptx, unsigned count, const int *options, void **values) {
    const char *found = strstr(ptx, damage);
    if (!found && strstr(ptx, ".entry"))
        return SUCCESS;
    int line = 1;
    for (const char *c = ptx; found && c < found; c++)
        line += *c == '\n';
    for (unsigned i = 0; i < count; i++) {
        size_t size = 0;
        for (unsigned j = 0; j < count; j++)
            if (options[j] == options[i] + 1)
                size = (unsigned)(uintptr_t)values[j];
        if (options[i] == 5 && size)
            snprintf(values[i], size, "ptxas application ptx input, line %d; fatal   : Parsing error near '%s': syntax error\n", line, found ? damage : "");
        if (options[i] == 3 && size)
            snprintf(values[i], size, "ptxas info    : 0 bytes gmem\n");
    }
    return INVALID_PTX;
}

// What stands before a cubin's PTX: no other device takes it.
static int cubin_head(char *head, size_t size) { return snprintf(head, size, "\x7f" "CUBIN sm_%d%d\n", capability_major, capability_minor); }

API CUresult cuModuleLoadDataEx(Object **module, const char *image, unsigned count, const int *options, void **values) {
    ENTER("%s, %u", image[0] == 0x7f ? "cubin" : "ptx", count);
    REQUIRE(is_current(), INVALID_CONTEXT);
    const char *text = image;
    if (image[0] == 0x7f) {
        char head[32];
        int size = cubin_head(head, sizeof head);
        REQUIRE(strncmp(image, head, size) == 0, NO_BINARY_FOR_GPU);
        text += size;
    }
    CUresult result = compile(text, count, options, values);
    REQUIRE(result == SUCCESS, result);
    *module = create(MODULE);
    (*module)->text = strdup(text);
    return leave(SUCCESS);
}

API CUresult cuModuleUnload(Object *module) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(module, MODULE), INVALID_HANDLE);
    for (Operation *operation = first; operation; operation = operation->next)
        if (operation->function && operation->function->module == module)
            fault("Kernels were unloaded while a launch was under way.");
    run_until(queued);
    for (Object *object = objects, *next; object; object = next) {
        next = object->next;
        if (object->module == module)
            destroy(object);
    }
    destroy(module);
    return leave(SUCCESS);
}

// Sizes of the parameters in ".entry name(.param .align 8 .b8 _a[16], .param .f32 _b)".
static void read_parameters(Object *function, const char *text) {
    const char *end = strchr(text, ')');
    while ((text = strstr(text, ".param")) && text < end) {
        text += strlen(".param");
        const char *next = strpbrk(text, ",)");
        const char *bracket = strchr(text, '[');
        const char *wide = strstr(text, "64 ");
        function->sizes[function->count++] = bracket && bracket < next ? strtoul(bracket + 1, NULL, 10) : wide && wide < next ? 8 : 4;
    }
}

API CUresult cuModuleGetFunction(Object **function, Object *module, const char *name) {
    ENTER("%s", name);
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(module, MODULE), INVALID_HANDLE);
    char head[256];
    snprintf(head, sizeof head, ".entry %s(", name);
    const char *entry = strstr(module->text, head);
    REQUIRE(entry, NOT_FOUND);
    *function = create(FUNCTION);
    (*function)->name = strdup(name);
    (*function)->module = module;
    read_parameters(*function, entry);
    return leave(SUCCESS);
}

API CUresult cuLaunchKernel(Object *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
                            unsigned block_z, unsigned shared, intptr_t stream, void **arguments, void **extra) {
    ENTER("%ux%ux%u, %ux%ux%u, %u, %ld, %s", grid_x, grid_y, grid_z, block_x, block_y, block_z, shared, (long)stream, extra ? "extra" : "-");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(function, FUNCTION), INVALID_HANDLE);
    REQUIRE(grid_x && grid_x <= INT32_MAX && grid_y && grid_z && block_x && block_x <= 1024 && block_y && block_z, INVALID_VALUE);
    Operation *operation = queue();
    operation->function = function;
    for (int i = 0; i < function->count; i++)
        operation->arguments[i] = memcpy(malloc(function->sizes[i]), arguments[i], function->sizes[i]);
    return leave(SUCCESS);
}

API CUresult cuLinkCreate_v2(unsigned count, const int *options, void **values, Object **state) {
    ENTER("%u", count);
    REQUIRE(is_current(), INVALID_CONTEXT);
    *state = create(LINK);
    return leave(SUCCESS);
}

API CUresult cuLinkAddData_v2(Object *state, int type, const char *data, size_t size, const char *name, unsigned count, const int *options,
                              void **values) {
    ENTER("%d, %zu, %u", type, size, count);
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(state, LINK), INVALID_HANDLE);
    REQUIRE(type == 1 && data[size - 1] == 0 && strlen(data) == size - 1, INVALID_VALUE);
    CUresult result = compile(data, count, options, values);
    REQUIRE(result == SUCCESS, result);
    state->text = strdup(data);
    return leave(SUCCESS);
}

API CUresult cuLinkComplete(Object *state, void **cubin, size_t *size) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(state, LINK) && state->text, INVALID_HANDLE);
    char head[32];
    cubin_head(head, sizeof head);
    *size = strlen(head) + strlen(state->text) + 1;
    state->cubin = malloc(*size);
    strcat(strcpy(state->cubin, head), state->text);
    *cubin = state->cubin;
    return leave(SUCCESS);
}

API CUresult cuLinkDestroy(Object *state) {
    ENTER("");
    REQUIRE(is_current(), INVALID_CONTEXT);
    REQUIRE(find(state, LINK), INVALID_HANDLE);
    destroy(state);
    return leave(SUCCESS);
}

// ---- For tests --------------------------------------------------------------------------------------------------------

// Forgets everything: a fresh driver that supports `version`, with so many devices of one compute capability.
API void fake_reset(int devices, int version, int major, int minor) {
    pthread_mutex_lock(&gate);
    kernel = NULL;
    run_until(queued);
    while (objects)
        destroy(objects);
    memset(contexts, 0, sizeof contexts);
    memset(&scripted, 0, sizeof scripted);
    initialized = false;
    device_count = devices;
    driver_version = version;
    capability_major = major;
    capability_minor = minor;
    depth = 0;
    log_size = 0;
    fault_text[0] = 0;
    pthread_mutex_unlock(&gate);
}

// Lets the n-th call of a function from now on, counted from 1, return a result and do nothing.
API void fake_fail(const char *name, int n, CUresult result) {
    pthread_mutex_lock(&gate);
    snprintf(scripted.name, sizeof scripted.name, "%s", name);
    scripted.countdown = n;
    scripted.result = result;
    pthread_mutex_unlock(&gate);
}

// What every launch runs, with a copy of its arguments; it must not call the driver.
API void fake_kernel(Kernel callback) { kernel = callback; }

// The calls since the last time, one a line, into a buffer; returns their size, and forgets them where the buffer holds them.
API size_t fake_take_log(char *buffer, size_t size) {
    pthread_mutex_lock(&gate);
    size_t needed = log_size;
    if (buffer && size >= needed) {
        memcpy(buffer, text_log, needed);
        log_size = 0;
    }
    pthread_mutex_unlock(&gate);
    return needed;
}

// What is alive, "memory 1, context 2", and nothing where nothing is.
API void fake_live(char *buffer, size_t size) {
    pthread_mutex_lock(&gate);
    int counts[KINDS] = {0}, references = 0;
    for (Object *object = objects; object; object = object->next)
        counts[object->kind]++;
    for (int i = 0; i < DEVICES; i++)
        references += contexts[i].references;
    size_t used = 0;
    buffer[0] = 0;
    for (int i = 0; i < KINDS; i++)
        if (counts[i])
            used += snprintf(buffer + used, size - used, "%s%s %d", used ? ", " : "", kind_names[i], counts[i]);
    if (references)
        snprintf(buffer + used, size - used, "%scontext %d", used ? ", " : "", references);
    pthread_mutex_unlock(&gate);
}

// The device whose context is current on this thread, −1 for none.
API int fake_current(void) { return depth > 0 ? current_device() : -1; }

// The first thing done that the real driver takes on trust, and nothing where there was none.
API const char *fake_fault(void) { return fault_text; }
