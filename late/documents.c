#include "documents.h"

#include "output/xmlmemory.h"

__attribute__((visibility("default"))) const struct documents hailong_documents = {
	.version = HAILONG_VERSION,
	.svg_prepare = svg_prepare,
	.svg_finish = svg_finish,
	.docx_audit = docx_audit,
	.docx_seal = docx_seal,
	.docx_ready = docx_ready,
	.docx_update = docx_update,
	.workbook_write = workbook_write,
};

/* Before any of them: when the library is loaded. */
static __attribute__((constructor)) void start(void)
{
	xmlmemory_sure();
}
